package dev.freshet.benchmarks.report;

import dev.freshet.benchmarks.scale.ClusterRow;
import dev.freshet.benchmarks.scale.InstancesRow;
import dev.freshet.benchmarks.scale.Need;
import dev.freshet.benchmarks.scale.PathCost;
import dev.freshet.benchmarks.scale.ScaleResults;
import dev.freshet.benchmarks.scale.ScaleResults.Share;
import dev.freshet.benchmarks.scale.ScaleResults.Unevenness;
import java.util.List;

/** The results of many instances as tables: first what was measured, then what was computed. */
public final class ScaleReport {

  private final StringBuilder text = new StringBuilder();

  private ScaleReport() {}

  public static String of(ScaleResults results) {
    ScaleReport report = new ScaleReport();
    report.text.append(
        "Measured on %s, with a load average of %.1f at the end; features are written by %s.\n"
            .formatted(
                Report.machine(results.redisVersion()),
                results.loadAverage(),
                results.isDirect() ? "functions" : "the subscriber"));
    report.instances("Measured: instances", results.rows(), true);
    report.instances("Measured: instances that write one city", results.hotKey(), false);
    report.costs("Measured: an event of each feature group, three masters", results.groups());
    report.costs("Measured: an event of all feature groups, three masters", results.costs());
    report.computed(results);
    return report.text.toString();
  }

  private void instances(String title, List<InstancesRow> rows, boolean isPredicted) {
    MarkdownTable<InstancesRow> table =
        new MarkdownTable<>(rows)
            .column("masters", InstancesRow::masters)
            .column("instances", InstancesRow::instances)
            .column("events/s", InstancesRow::eventsPerSecond)
            .column("least", InstancesRow::least)
            .column("most", InstancesRow::most)
            .column("CPU µs", InstancesRow::micros)
            .column("state store µs", InstancesRow::stateMicros)
            .column("it sends B", InstancesRow::stateBytesPerEvent)
            .column("busiest of the state store", InstancesRow::busiestState)
            .column("of the feature store", InstancesRow::busiestFeatures)
            .column("machine", InstancesRow::machineCores)
            .column("limit", InstancesRow::limit);
    if (isPredicted) {
      table
          .column("predicted", InstancesRow::predicted)
          .column("measured / predicted", row -> row.eventsPerSecond() / row.predicted());
    }
    add(title, table);
  }

  private void costs(String title, List<PathCost> costs) {
    add(
        title,
        new MarkdownTable<>(costs)
            .column("groups", PathCost::what)
            .column("stores", PathCost::stores)
            .column("batch", PathCost::batch)
            .column("function µs", PathCost::function)
            .column("state store µs", PathCost::state)
            .column("subscriber µs", PathCost::subscriber)
            .column("feature store µs", PathCost::features)
            .column("CPU µs", PathCost::sum)
            .column("results", PathCost::results)
            .column("B a result", PathCost::resultBytes));
  }

  private void computed(ScaleResults results) {
    add(
        "Computed: the busiest of three masters, beside what was measured",
        new MarkdownTable<>(results.shares())
            .column("store", Share::store)
            .column("masters", Share::masters)
            .column("computed %", share -> 100 * share.predicted())
            .column("measured %", share -> 100 * share.measured()));
    add(
        "Computed: the busiest of 64 partitions, times the mean",
        new MarkdownTable<>(results.partitions())
            .column("group", Unevenness::group)
            .column("dimension", Unevenness::dimension)
            .column("times", Unevenness::times));
    add(
        "Computed: events/s until the busiest master uses 60 % of its core",
        new MarkdownTable<>(results.cluster())
            .column("masters", ClusterRow::masters)
            .column("state store", ClusterRow::stateEvents)
            .column("its busiest, times the mean", ClusterRow::stateTimes)
            .column("feature store", ClusterRow::featureEvents)
            .column("its busiest, times the mean", ClusterRow::featureTimes));
    add(
        "Computed: needs",
        new MarkdownTable<>(results.needs())
            .column("times", Need::times)
            .column("events/s", Need::eventsPerSecond)
            .column("batch", Need::batch)
            .column("stores", Need::stores)
            .column("function cores", Need::functionCores)
            .column("event shards", Need::eventShards)
            .column("result shards", Need::resultShards)
            .column("function instances", Need::instances)
            .column("state masters", need -> masters(need.stateMasters()))
            .column("feature masters", need -> masters(need.featureMasters()))
            .column("cores of the busiest slot", Need::busiestSlotCores));
  }

  private static Object masters(int count) {
    return count == 0 ? "none suffices" : count;
  }

  private void add(String title, MarkdownTable<?> table) {
    text.append("\n### ").append(title).append("\n\n").append(table);
  }
}
