package dev.freshet.engine;

import static dev.freshet.metrics.Metric.EVENTS_APPLIED;
import static dev.freshet.metrics.Metric.EVENTS_DROPPED;
import static dev.freshet.metrics.Metric.EVENTS_DUPLICATE;
import static dev.freshet.metrics.Metric.EVENTS_INVALID;
import static dev.freshet.metrics.Metric.EVENTS_LATE;
import static dev.freshet.metrics.Metric.EVENTS_RECEIVED;
import static dev.freshet.metrics.Metric.EVENTS_SKIPPED;
import static dev.freshet.metrics.Metric.EVENTS_UNFINISHED;
import static dev.freshet.metrics.Metric.FRESHNESS_PUBLISHED;
import static dev.freshet.metrics.Metric.LETTERS_REFUSED;
import static dev.freshet.metrics.Metric.REDIS_ERRORS;
import static dev.freshet.metrics.Metric.RESULTS_INCOMPLETE;
import static dev.freshet.metrics.Metric.RESULTS_PUBLISHED;
import static dev.freshet.metrics.Metric.STEP_COMPUTE;
import static dev.freshet.metrics.Metric.STEP_PARSE;
import static dev.freshet.metrics.Metric.STEP_PUBLISH;
import static dev.freshet.metrics.Metric.STEP_STATE;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.event.Reason;
import dev.freshet.event.Rejection;
import dev.freshet.metrics.Metrics;
import dev.freshet.metrics.Stopwatch;
import dev.freshet.packing.RecordUnpacker;
import dev.freshet.packing.UnreadableException;
import dev.freshet.result.DeadLetter;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultSink;
import dev.freshet.result.Trigger;
import dev.freshet.state.Archive;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns batches of events into published results of one feature group: store, evict, compute,
 * publish.
 *
 * <p>Unpacks records that hold several events, and judges each event by itself. An invalid one
 * becomes a dead letter, and the batch goes on. If a dependency fails, the report names the first
 * record that the stream must deliver again; processing a record twice changes nothing.
 */
public final class Aggregator {

  private static final Logger LOG = LoggerFactory.getLogger(Aggregator.class);

  private final FeatureGroup group;
  private final EventParser parser;
  private final StateStore store;
  private final FeatureComputer computer;
  private final ResultSink results;
  private final RecordSink deadLetters;
  private final Duration timeToLive;
  private final Clock clock;
  private final Metrics metrics;

  /**
   * @param timeToLive how long the state of an entity outlives its last write
   */
  public Aggregator(
      FeatureGroup group,
      StateStore store,
      ResultSink results,
      RecordSink deadLetters,
      Duration timeToLive,
      Clock clock,
      Metrics metrics) {
    this.group = group;
    this.parser = new EventParser(group);
    this.store = store;
    this.computer = new FeatureComputer(group);
    this.results = results;
    this.deadLetters = deadLetters;
    this.timeToLive = timeToLive;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Processes one batch of one shard, in the order of the shard. */
  public BatchReport process(List<StreamRecord> records) {
    long now = clock.millis();
    Batch batch = metrics.timed(STEP_PARSE, () -> fold(records, now));
    BatchProgress progress = new BatchProgress(records.size(), batch);
    try {
      List<FeatureResult> computed =
          metrics.timed(STEP_STATE, () -> storeEvictAndCompute(batch, now, progress));
      BitSet missing = metrics.timed(STEP_PUBLISH, () -> results.put(computed));
      progress.published(computed.size(), missing);
      recordFreshness(batch, missing);
    } catch (StateStoreException e) {
      LOG.warn("{}: {}", group, e.getMessage());
      metrics.count(REDIS_ERRORS, 1);
      progress.nothingStored();
    }
    sendDeadLetters(batch, now, progress);
    return recordMetrics(progress.report());
  }

  private Batch fold(List<StreamRecord> records, long now) {
    Batch batch = new Batch(records.size());
    for (int i = 0; i < records.size(); i++) {
      StreamRecord record = records.get(i);
      if (!foldOne(batch, i, record, now)) {
        foldSeveral(batch, i, record, now);
      }
    }
    return batch;
  }

  /**
   * Folds a record that is one event, as most are; returns false, having done nothing, if it may
   * hold several.
   */
  private boolean foldOne(Batch batch, int index, StreamRecord record, long now) {
    if (!RecordUnpacker.isObject(record.data())) {
      return false;
    }
    ParsedRecord parsed = parser.parse(record.stream(), record.data(), now);
    if (parsed instanceof Rejection rejection && rejection.reason() == Reason.NOT_JSON) {
      return false;
    }
    batch.beginRecord(1);
    fold(batch, index, record, record.data(), OptionalInt.empty(), parsed, now);
    return true;
  }

  private void foldSeveral(Batch batch, int index, StreamRecord record, long now) {
    try {
      List<ByteBuffer> events = RecordUnpacker.unpack(record.data());
      batch.beginRecord(events.size());
      for (int i = 0; i < events.size(); i++) {
        OptionalInt place = events.size() == 1 ? OptionalInt.empty() : OptionalInt.of(i);
        ByteBuffer data = events.get(i);
        fold(batch, index, record, data, place, parser.parse(record.stream(), data, now), now);
      }
    } catch (UnreadableException e) {
      batch.beginRecord(1);
      Rejection rejection = new Rejection(Reason.UNREADABLE, e.getMessage());
      batch.addInvalid(
          new Batch.Invalid(index, record, record.data(), OptionalInt.empty(), rejection));
    }
  }

  private void fold(
      Batch batch,
      int index,
      StreamRecord record,
      ByteBuffer data,
      OptionalInt place,
      ParsedRecord parsed,
      long now) {
    if (parsed instanceof Rejection rejection) {
      batch.addInvalid(new Batch.Invalid(index, record, data, place, rejection));
    } else if (!(parsed instanceof Event event)) {
      batch.addSkipped();
    } else if (group.kindsFor(event, now, timeToLive) == 0) {
      batch.addLate();
    } else {
      batch.add(index, event);
    }
  }

  /** Computes features of finished keys while the state store still works on others. */
  private List<FeatureResult> storeEvictAndCompute(Batch batch, long now, BatchProgress progress) {
    List<KeyEvents> changes = batch.changes();
    if (changes.isEmpty()) {
      return List.of();
    }
    FeatureResult[] computed = new FeatureResult[changes.size()];
    Stopwatch computing = metrics.stopwatch(STEP_COMPUTE);
    store.apply(
        changes,
        now,
        (index, state) -> {
          progress.stored(state);
          String key = changes.get(index).key();
          computing.run(() -> computed[index] = computer.compute(key, state, Trigger.EVENT));
        });
    computing.stop();
    if (group.hasHistory()) {
      progress.dueAt(now + Archive.LONGEST_DELAY.toMillis());
    }
    return Arrays.asList(computed);
  }

  private void recordFreshness(Batch batch, BitSet missing) {
    long published = clock.millis();
    metrics.times(
        FRESHNESS_PUBLISHED,
        IntStream.range(0, batch.changes().size())
            .filter(change -> !missing.get(change))
            .mapToObj(change -> batch.changes().get(change).events())
            .flatMap(List::stream)
            .mapToLong(event -> Math.max(0, published - event.occurredAtMillis())));
  }

  private BatchReport recordMetrics(BatchReport report) {
    metrics.count(EVENTS_RECEIVED, report.received());
    metrics.count(EVENTS_APPLIED, report.applied());
    metrics.count(EVENTS_DUPLICATE, report.duplicates());
    metrics.count(EVENTS_LATE, report.late());
    metrics.count(EVENTS_SKIPPED, report.skipped());
    metrics.count(EVENTS_INVALID, report.invalid());
    metrics.count(EVENTS_UNFINISHED, report.unfinished());
    metrics.count(RESULTS_PUBLISHED, report.results());
    metrics.count(EVENTS_DROPPED, report.dropped());
    metrics.count(RESULTS_INCOMPLETE, report.incomplete());
    return report;
  }

  /** Runs last, so that a stream that refuses dead letters delays no result. */
  private void sendDeadLetters(Batch batch, long now, BatchProgress progress) {
    List<OutgoingRecord> records =
        batch.invalid().stream().map(invalid -> deadLetter(invalid, now)).toList();
    BitSet missing = deadLetters.put(records);
    missing.stream().forEach(letter -> progress.unfinished(batch.invalid().get(letter).index()));
    metrics.count(LETTERS_REFUSED, missing.cardinality());
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
            invalid.subSequence(),
            now,
            invalid.payload());
    return new OutgoingRecord(record.partitionKey(), letter.toJson());
  }
}
