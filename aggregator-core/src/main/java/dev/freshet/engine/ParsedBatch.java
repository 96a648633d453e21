package dev.freshet.engine;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.event.Event;
import dev.freshet.event.ParsedRecord;
import dev.freshet.event.Rejection;
import dev.freshet.result.DeadLetter;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The events of a batch, for each group that reads them, and those that are invalid. */
final class ParsedBatch {

  /**
   * An invalid event, or a record that cannot be unpacked.
   *
   * @param index the index of its record in the batch
   * @param payload its own bytes
   * @param place its place in a record of several events, from 0
   * @param groups the names of the groups that reject it for this reason
   */
  record Invalid(
      int index,
      StreamRecord record,
      ByteBuffer payload,
      OptionalInt place,
      Rejection rejection,
      List<String> groups) {

    OutgoingRecord letter(long nowMillis) {
      DeadLetter letter =
          new DeadLetter(
              rejection.reason(),
              rejection.detail(),
              groups,
              record.stream(),
              record.shardId(),
              record.sequenceNumber(),
              place,
              nowMillis,
              payload);
      return new OutgoingRecord(record.partitionKey(), letter.toJson());
    }
  }

  private final FunctionGroups groups;
  private final List<Batch> batches;
  private final Duration timeToLive;
  private final long nowMillis;
  private final List<Invalid> invalid = new ArrayList<>();
  private StreamRecord record;
  private int index = -1;
  private BitSet reading;

  /** Creates an empty batch of a number of records. */
  ParsedBatch(FunctionGroups groups, int records, Duration timeToLive, long nowMillis) {
    this.groups = groups;
    this.batches = Stream.generate(() -> new Batch(records)).limit(groups.all().size()).toList();
    this.timeToLive = timeToLive;
    this.nowMillis = nowMillis;
  }

  /** Begins the next record, which holds some events; one that cannot be unpacked counts as one. */
  void beginRecord(StreamRecord next, int events) {
    if (record == null || !record.stream().equals(next.stream())) {
      reading = groups.reading(next.stream());
    }
    record = next;
    index++;
    for (int i = 0; i < batches.size(); i++) {
      batches.get(i).beginRecord(reading.get(i) ? events : 0);
    }
  }

  /**
   * Adds an event of the record.
   *
   * @param outcomes the outcome for each group
   */
  void add(ByteBuffer payload, OptionalInt place, ParsedRecord[] outcomes) {
    int before = invalid.size();
    for (int i = reading.nextSetBit(0); i >= 0; i = reading.nextSetBit(i + 1)) {
      FeatureGroup group = groups.all().get(i);
      if (outcomes[i] instanceof Rejection rejection) {
        batches.get(i).addInvalid();
        reject(before, payload, place, rejection, group);
      } else if (!(outcomes[i] instanceof Event event)) {
        batches.get(i).addSkipped();
      } else if (group.kindsFor(event, nowMillis, timeToLive) == 0) {
        batches.get(i).addLate();
      } else {
        batches.get(i).add(index, event);
      }
    }
  }

  /** Adds a record that cannot be unpacked. */
  void addUnreadable(Rejection rejection) {
    ParsedRecord[] outcomes = new ParsedRecord[batches.size()];
    Arrays.fill(outcomes, rejection);
    add(record.data(), OptionalInt.empty(), outcomes);
  }

  /** Notes a rejection, once for all groups that have the same. */
  private void reject(
      int from, ByteBuffer payload, OptionalInt place, Rejection rejection, FeatureGroup group) {
    for (Invalid each : invalid.subList(from, invalid.size())) {
      if (each.rejection().equals(rejection)) {
        each.groups().add(group.name());
        return;
      }
    }
    List<String> names = new ArrayList<>(List.of(group.name()));
    invalid.add(new Invalid(index, record, payload, place, rejection, names));
  }

  /** The events of a group, by its index. */
  Batch of(int group) {
    return batches.get(group);
  }

  List<Invalid> invalid() {
    return invalid;
  }
}
