package dev.freshet.engine;

import static dev.freshet.metrics.Metric.EVENTS_APPLIED;
import static dev.freshet.metrics.Metric.EVENTS_DROPPED;
import static dev.freshet.metrics.Metric.EVENTS_DUPLICATE;
import static dev.freshet.metrics.Metric.EVENTS_INVALID;
import static dev.freshet.metrics.Metric.EVENTS_LATE;
import static dev.freshet.metrics.Metric.EVENTS_RECEIVED;
import static dev.freshet.metrics.Metric.EVENTS_SKIPPED;
import static dev.freshet.metrics.Metric.EVENTS_UNFINISHED;
import static dev.freshet.metrics.Metric.LETTERS_REFUSED;
import static dev.freshet.metrics.Metric.RESULTS_INCOMPLETE;
import static dev.freshet.metrics.Metric.RESULTS_PUBLISHED;
import static dev.freshet.metrics.Metric.STEP_PARSE;
import static dev.freshet.metrics.Metric.STEP_PUBLISH;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.ledger.Ledger;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultSink;
import dev.freshet.state.StateStore;
import dev.freshet.stream.RecordSink;
import dev.freshet.stream.StreamRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Turns batches of events into published results of one feature group or several: store, evict,
 * compute, publish.
 *
 * <p>Unpacks records that hold several events, and parses each event once; each group judges it for
 * itself. An invalid one becomes a dead letter, and the batch goes on. If a dependency fails, the
 * report names the first record that the stream must deliver again, to all groups; processing a
 * record twice changes nothing.
 */
public final class Aggregator {

  private final List<AggregatedGroup> groups;
  private final List<FeatureComputer> computers;
  private final FunctionGroups together;
  private final BatchParser parser;
  private final ResultSink results;
  private final RecordSink deadLetters;
  private final Clock clock;
  private final Ledger ledger;
  private final Map<String, BitSet> reading = new ConcurrentHashMap<>();

  /**
   * Creates the aggregator of one group.
   *
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
    this(
        List.of(new AggregatedGroup(group, store, unused -> {}, metrics)),
        results,
        deadLetters,
        timeToLive,
        clock,
        Ledger.NONE);
  }

  /**
   * Creates the aggregator of the groups of one function.
   *
   * @param timeToLive how long the state of an entity outlives its last write
   * @param ledger gets the counts of each batch
   * @throws IllegalArgumentException if one function cannot compute the groups
   */
  public Aggregator(
      List<AggregatedGroup> groups,
      ResultSink results,
      RecordSink deadLetters,
      Duration timeToLive,
      Clock clock,
      Ledger ledger) {
    this.groups = List.copyOf(groups);
    this.computers = groups.stream().map(each -> new FeatureComputer(each.group())).toList();
    this.together = new FunctionGroups(groups.stream().map(AggregatedGroup::group).toList());
    this.parser = new BatchParser(together, timeToLive);
    this.results = results;
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.ledger = ledger;
  }

  /** Processes one batch of one shard, in the order of the shard. */
  public BatchReport process(List<StreamRecord> records) {
    LedgerEntry entry = new LedgerEntry();
    records.forEach(each -> entry.entersShard(each.stream(), each.shardId()));
    return process(records, entry);
  }

  /**
   * Processes one batch of one shard, in the order of the shard.
   *
   * @param entry has the records that the function was handed
   */
  public BatchReport process(List<StreamRecord> records, LedgerEntry entry) {
    long now = clock.millis();
    ParsedBatch batch = timed(STEP_PARSE, () -> parser.parse(records, now));
    List<GroupStep> steps =
        IntStream.range(0, groups.size())
            .mapToObj(i -> new GroupStep(groups.get(i), computers.get(i), batch.of(i)))
            .toList();
    steps.forEach(step -> step.begin(now));
    steps.forEach(step -> step.finish(now));
    publish(steps, entry);
    int firstUnfinished = sendDeadLetters(batch, now);
    for (GroupStep step : steps) {
      firstUnfinished = Math.min(firstUnfinished, step.progress().firstUnfinished());
    }
    enter(entry, records, steps, firstUnfinished);
    return report(steps, records.size(), firstUnfinished);
  }

  private void enter(
      LedgerEntry entry, List<StreamRecord> records, List<GroupStep> steps, int firstUnfinished) {
    if (ledger == Ledger.NONE) {
      return;
    }
    BatchEntry batch = new BatchEntry(entry, records, firstUnfinished);
    batch.addRecords();
    for (int i = 0; i < steps.size(); i++) {
      int index = i;
      String group = groups.get(i).group().name();
      batch.addGroup(group, steps.get(i).progress(), stream -> reading(stream).get(index));
      steps.get(i).enterResults(entry);
    }
    ledger.add(entry, firstUnfinished > 0);
  }

  private BitSet reading(String stream) {
    return reading.computeIfAbsent(stream, together::reading);
  }

  /** Publishes the results of all groups together; a group whose store failed has none. */
  private void publish(List<GroupStep> steps, LedgerEntry entry) {
    List<FeatureResult> computed = new ArrayList<>();
    steps.forEach(step -> computed.addAll(step.results()));
    if (computed.isEmpty()) {
      return;
    }
    BitSet missing = timed(STEP_PUBLISH, () -> results.put(computed, entry));
    long published = clock.millis();
    int from = 0;
    for (GroupStep step : steps) {
      int to = from + step.results().size();
      step.published(missing.get(from, to), published);
      from = to;
    }
  }

  /**
   * Runs last, so that a stream that refuses dead letters delays no result. Returns the index of
   * the first record whose letter was refused.
   */
  private int sendDeadLetters(ParsedBatch batch, long now) {
    BitSet missing =
        deadLetters.put(batch.invalid().stream().map(each -> each.letter(now)).toList());
    groups.get(0).metrics().count(LETTERS_REFUSED, missing.cardinality());
    return missing.stream()
        .map(letter -> batch.invalid().get(letter).index())
        .min()
        .orElse(BatchProgress.ALL_DONE);
  }

  private BatchReport report(List<GroupStep> steps, int records, int firstUnfinished) {
    BatchReport sum = null;
    for (int i = 0; i < steps.size(); i++) {
      BatchProgress progress = steps.get(i).progress();
      BatchReport report = progress.report(records, firstUnfinished);
      recordMetrics(report, groups.get(i).metrics());
      groups.get(i).nextChanges().accept(progress.nextChanges());
      sum = sum == null ? report : sum.plus(report);
    }
    return sum;
  }

  /** Records a duration that groups share for each of them. */
  private <T> T timed(Metric step, Supplier<T> work) {
    Supplier<T> measured = work;
    for (AggregatedGroup each : groups) {
      Supplier<T> inner = measured;
      measured = () -> each.metrics().timed(step, inner);
    }
    return measured.get();
  }

  private static void recordMetrics(BatchReport report, Metrics metrics) {
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
  }
}
