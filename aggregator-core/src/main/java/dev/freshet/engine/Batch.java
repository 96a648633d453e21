package dev.freshet.engine;

import dev.freshet.event.Event;
import dev.freshet.event.Rejection;
import dev.freshet.state.KeyEvents;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A batch grouped by key: each key makes one step and gets one result, however many events it has.
 */
final class Batch {

  /**
   * An invalid event, or a record that cannot be unpacked.
   *
   * @param index the index of its record in the batch
   * @param payload its own bytes
   * @param subSequence its place in a record of several events, from 0
   */
  record Invalid(
      int index,
      StreamRecord record,
      ByteBuffer payload,
      OptionalInt subSequence,
      Rejection rejection) {}

  private final Map<String, Integer> keys = new LinkedHashMap<>();
  private final List<KeyEvents> changes = new ArrayList<>();
  private final List<Integer> firstIndexes = new ArrayList<>();
  private final List<Invalid> invalid = new ArrayList<>();
  private final int[] firstEvents;
  private int records;
  private int received;
  private int skipped;
  private int late;

  /** Creates an empty batch of a number of records. */
  Batch(int records) {
    firstEvents = new int[records];
  }

  /** Begins the next record, which holds some events; one that cannot be unpacked counts as one. */
  void beginRecord(int events) {
    firstEvents[records++] = received;
    received += events;
  }

  /** Adds an event of the record at an index. */
  void add(int index, Event event) {
    int position = keys.computeIfAbsent(event.entity(), unseen -> changes.size());
    if (position == changes.size()) {
      changes.add(new KeyEvents(event.entity(), new ArrayList<>()));
      firstIndexes.add(index);
    }
    changes.get(position).events().add(event);
  }

  void addInvalid(Invalid event) {
    invalid.add(event);
  }

  void addSkipped() {
    skipped++;
  }

  void addLate() {
    late++;
  }

  /** The events of each key, keys in the order they first appear. */
  List<KeyEvents> changes() {
    return changes;
  }

  /** The index in the batch of the record of the first event of a key. */
  int firstIndex(int change) {
    return firstIndexes.get(change);
  }

  List<Invalid> invalid() {
    return invalid;
  }

  /** The number of events in all records. */
  int received() {
    return received;
  }

  /** Returns the number of events in the records from one on. */
  int eventsFrom(int record) {
    return received - firstEvents[record];
  }

  int skipped() {
    return skipped;
  }

  int late() {
    return late;
  }
}
