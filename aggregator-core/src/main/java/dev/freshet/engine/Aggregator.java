package dev.freshet.engine;

import dev.freshet.definition.Computation;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.event.Judgement;
import dev.freshet.event.Rejection;
import dev.freshet.kinesis.OutgoingRecord;
import dev.freshet.kinesis.RecordSink;
import dev.freshet.kinesis.StreamRecord;
import dev.freshet.result.DeadLetter;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.Trigger;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns batches of events into published features of one feature group: store, evict, compute,
 * publish.
 *
 * <p>Bad data is a value: it becomes a dead letter and the batch goes on. A broken dependency makes
 * the report name the first record that has to come again; repeating records that were done is
 * harmless.
 */
public final class Aggregator {

  private static final Logger LOG = LoggerFactory.getLogger(Aggregator.class);

  private final FeatureGroup group;
  private final EventParser parser;
  private final StateStore store;
  private final FeatureComputer computer;
  private final RecordSink results;
  private final RecordSink deadLetters;
  private final Clock clock;

  public Aggregator(
      FeatureGroup group,
      StateStore store,
      RecordSink results,
      RecordSink deadLetters,
      Clock clock) {
    this.group = group;
    this.parser = new EventParser(group);
    this.store = store;
    this.computer = new FeatureComputer(group);
    this.results = results;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  /** Processes one batch of one shard, in the order of the shard. */
  public BatchReport process(List<StreamRecord> records) {
    long now = clock.millis();
    Batch batch = fold(records, now);
    Progress progress = new Progress(records.size(), batch);
    bury(batch, now, progress);
    try {
      List<KeyState> states = storeAndEvict(batch, now);
      progress.stored(states);
      publish(batch, compute(batch, states, now), progress);
    } catch (StateStoreException e) {
      LOG.warn("{}: {}", group, e.getMessage());
      progress.nothingStored();
    }
    return progress.report();
  }

  private Batch fold(List<StreamRecord> records, long now) {
    Batch batch = new Batch();
    for (int i = 0; i < records.size(); i++) {
      Judgement judgement = parser.parse(records.get(i).data(), now);
      if (judgement instanceof Rejection rejection) {
        batch.addInvalid(i, records.get(i), rejection);
      } else if (!(judgement instanceof Event event)) {
        batch.addSkipped();
      } else if (isLate(event, now)) {
        batch.addLate();
      } else {
        batch.add(i, event);
      }
    }
    return batch;
  }

  private boolean isLate(Event event, long now) {
    return group.computation() instanceof Computation.OfTimeline timeline
        && timeline.timeline().isLate(event.occurredAtMillis(), now);
  }

  private List<KeyState> storeAndEvict(Batch batch, long now) {
    return batch.changes().isEmpty() ? List.of() : store.apply(batch.changes(), now);
  }

  private List<FeatureResult> compute(Batch batch, List<KeyState> states, long now) {
    List<FeatureResult> computed = new ArrayList<>(states.size());
    for (int i = 0; i < states.size(); i++) {
      String key = batch.changes().get(i).key();
      computed.add(computer.compute(key, states.get(i), now, Trigger.EVENT));
    }
    return computed;
  }

  private void publish(Batch batch, List<FeatureResult> computed, Progress progress) {
    List<OutgoingRecord> records = ResultRecords.of(computed);
    BitSet missing = results.put(records);
    progress.published(records.size() - missing.cardinality());
    missing.stream().forEach(change -> progress.unfinished(batch.firstIndex(change)));
  }

  private void bury(Batch batch, long now, Progress progress) {
    List<OutgoingRecord> records =
        batch.invalid().stream().map(invalid -> deadLetter(invalid, now)).toList();
    deadLetters.put(records).stream()
        .forEach(letter -> progress.unfinished(batch.invalid().get(letter).index()));
  }

  private OutgoingRecord deadLetter(Batch.Invalid invalid, long now) {
    StreamRecord record = invalid.record();
    DeadLetter letter =
        new DeadLetter(
            invalid.rejection().reason(),
            invalid.rejection().detail(),
            group.name(),
            record.stream(),
            record.shardId(),
            record.sequenceNumber(),
            now,
            record.data());
    return new OutgoingRecord(record.partitionKey(), letter.toJson());
  }
}
