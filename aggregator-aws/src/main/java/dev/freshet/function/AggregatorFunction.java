package dev.freshet.function;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.engine.SampleEvents;
import dev.freshet.runtime.Clients;
import dev.freshet.stream.StreamRecord;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of the feature groups of one handler, wired to the clients of this process. */
final class AggregatorFunction {

  private static final Logger LOG = LoggerFactory.getLogger(AggregatorFunction.class);

  private final FunctionGroups groups;
  private final Aggregator aggregator;

  private AggregatorFunction(FunctionGroups groups, Aggregator aggregator) {
    this.groups = groups;
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
        groups,
        new Aggregator(
            functions.stream().map(GroupFunction::aggregated).toList(),
            clients.results(),
            clients.deadLetters(clients.stateStore()),
            clients.settings().timeToLive(),
            clients.clock()));
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
    var unused = of(priming, functions, clients).process(samples);
    return functions;
  }

  /**
   * Processes a batch of events; ensures, for each group, a recalculation when the first published
   * value changes.
   */
  BatchReport process(List<StreamRecord> records) {
    BatchReport report = aggregator.process(records);
    log(report);
    return report;
  }

  private void log(BatchReport report) {
    LOG.atInfo()
        .addKeyValue("feature_group", groups)
        .addKeyValue("received", report.received())
        .addKeyValue("applied", report.applied())
        .addKeyValue("duplicates", report.duplicates())
        .addKeyValue("late", report.late())
        .addKeyValue("skipped", report.skipped())
        .addKeyValue("invalid", report.invalid())
        .addKeyValue("results", report.results())
        .addKeyValue("done", report.done())
        .log("batch done");
  }
}
