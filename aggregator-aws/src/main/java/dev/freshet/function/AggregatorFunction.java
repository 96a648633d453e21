package dev.freshet.function;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.engine.SampleEvents;
import dev.freshet.ledger.Ledger;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.runtime.BatchLog;
import dev.freshet.runtime.Clients;
import dev.freshet.stream.StreamRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of the feature groups of one handler, wired to the clients of this process. */
final class AggregatorFunction {

  private static final Logger LOG = LoggerFactory.getLogger(AggregatorFunction.class);

  private final BatchLog log;
  private final Aggregator aggregator;

  private AggregatorFunction(BatchLog log, Aggregator aggregator) {
    this.log = log;
    this.aggregator = aggregator;
  }

  static AggregatorFunction of(FunctionGroups groups, Clients clients) {
    return of(
        groups,
        groups.all().stream().map(each -> GroupFunction.of(each, clients)).toList(),
        clients);
  }

  private static AggregatorFunction of(
      FunctionGroups groups, List<GroupFunction> functions, Clients clients) {
    return new AggregatorFunction(
        new BatchLog(LOG, groups.toString(), clients.clock()),
        new Aggregator(
            functions.stream().map(GroupFunction::aggregated).toList(),
            clients.results(),
            clients.deadLetters(clients.stateStore()),
            clients.settings().timeToLive(),
            clients.clock(),
            clients.ledger(groups.toString(), clients::stateStore, Ledger.REST)));
  }

  /**
   * Processes a batch of sample events, under names that nobody reads. Returns the functions of the
   * groups, under these names.
   */
  static List<GroupFunction> prime(FunctionGroups groups, Clients clients) {
    FunctionGroups priming =
        new FunctionGroups(groups.all().stream().map(FeatureGroup::priming).toList());
    List<GroupFunction> functions =
        priming.all().stream().map(each -> GroupFunction.of(each, clients)).toList();
    List<StreamRecord> samples =
        groups.all().stream()
            .flatMap(each -> SampleEvents.of(each, clients.clock().instant()).stream())
            .toList();
    var unused = of(priming, functions, clients).process(samples, new LedgerEntry());
    return functions;
  }

  /**
   * Processes a batch of events; ensures, for each group, a recalculation when the first published
   * value changes.
   *
   * @param entry has the records that the function was handed
   */
  BatchReport process(List<StreamRecord> records, LedgerEntry entry) {
    BatchReport report = aggregator.process(records, entry);
    log.batchDone(counts(report));
    return report;
  }

  private static Map<String, Integer> counts(BatchReport report) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("received", report.received());
    counts.put("applied", report.applied());
    counts.put("duplicates", report.duplicates());
    counts.put("late", report.late());
    counts.put("skipped", report.skipped());
    counts.put("invalid", report.invalid());
    counts.put("results", report.results());
    counts.put("done", report.done());
    return counts;
  }
}
