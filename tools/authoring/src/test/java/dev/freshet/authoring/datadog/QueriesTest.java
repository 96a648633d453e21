package dev.freshet.authoring.datadog;

import static dev.freshet.metrics.Metric.FRESHNESS_STORED;
import static dev.freshet.metrics.Metric.KINESIS_ERRORS;
import static dev.freshet.metrics.Metric.KINESIS_RETRIES;
import static dev.freshet.metrics.Metric.LEDGER_MISSING;
import static dev.freshet.metrics.Metric.RESULTS_INVALID;
import static dev.freshet.metrics.Metric.RESULTS_STALE;
import static dev.freshet.metrics.Metric.RESULTS_STORED;
import static dev.freshet.metrics.Metric.STEP_STORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.metrics.Metric;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard and the monitors ask for nothing that is not sent. */
class QueriesTest {

  private static final Set<String> TAGS = Set.of("service", "env", "function");

  /** What the functions tell of no feature group. */
  private static final Set<Metric> OF_NO_GROUP =
      EnumSet.of(
          RESULTS_STORED,
          RESULTS_STALE,
          RESULTS_INVALID,
          STEP_STORE,
          FRESHNESS_STORED,
          KINESIS_ERRORS,
          KINESIS_RETRIES);

  @Test
  void askForMetricsThatAreSent() {
    Set<String> sent = new TreeSet<>(series().keySet());
    sent.addAll(AwsMetrics.COUNTS);
    sent.addAll(AwsMetrics.GAUGES);

    assertThat(DatadogFiles.queries())
        .extracting(MetricQuery::metric)
        .filteredOn(metric -> !sent.contains(metric))
        .isEmpty();
  }

  @Test
  void askForEveryMetricThatIsSent() {
    Set<Metric> asked =
        DatadogFiles.queries().stream()
            .map(query -> series().get(query.metric()))
            .filter(metric -> metric != null)
            .collect(Collectors.toSet());

    assertThat(asked).containsExactlyInAnyOrder(Metric.values());
  }

  @Test
  void useTagsThatTheMetricHas() {
    assertThat(DatadogFiles.queries())
        .filteredOn(query -> !tags(query).containsAll(query.tags()))
        .isEmpty();
  }

  /** Counts are added up, of gauges the greatest or the mean is taken: never a mean of means. */
  @Test
  void addUpCountsAndNothingElse() {
    assertThat(DatadogFiles.queries()).filteredOn(query -> !isAddedUpRightly(query)).isEmpty();
  }

  @Test
  void useVariablesThatTheDashboardHas() {
    List<String> variables =
        DatadogFiles.dashboard().path("template_variables").findValuesAsText("name");

    assertThat(DatadogFiles.queries())
        .flatExtracting(MetricQuery::variables)
        .filteredOn(variable -> !variables.contains(variable))
        .isEmpty();
  }

  @Test
  void areUnderstoodOrRefused() {
    assertThat(MetricQuery.of("sum:a.b{$env,x:*-${v.value}-y} by {p,q}.as_count() / max:c{*}"))
        .containsExactly(
            new MetricQuery("sum", "a.b", Set.of("env", "x", "p", "q"), Set.of("env", "v"), true),
            new MetricQuery("max", "c", Set.of(), Set.of(), false));
    assertThatThrownBy(() -> MetricQuery.of("sum:a{*} + freshet.results.stored"))
        .hasMessageContaining("not understood");
  }

  private static Map<String, Metric> series() {
    return Arrays.stream(Metric.values())
        .flatMap(metric -> metric.series().stream().map(name -> Map.entry(name, metric)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Set<String> tags(MetricQuery query) {
    Metric metric = series().get(query.metric());
    if (metric == null) {
      return AwsMetrics.TAGS.entrySet().stream()
          .filter(service -> query.metric().startsWith(service.getKey()))
          .flatMap(service -> service.getValue().stream())
          .collect(Collectors.toSet());
    }
    if (metric == LEDGER_MISSING) {
      return Set.of("service", "env", "function", "feature_group", "stream");
    }
    if (OF_NO_GROUP.contains(metric)) {
      return TAGS;
    }
    Stream<String> ofGroup =
        metric.kind() == Metric.Kind.GAUGE
            ? Stream.of("feature_group", "feature")
            : Stream.of("feature_group");
    return Stream.concat(TAGS.stream(), ofGroup).collect(Collectors.toSet());
  }

  private static boolean isAddedUpRightly(MetricQuery query) {
    return isCount(query.metric())
        ? query.counted() && query.aggregator().equals("sum")
        : !query.counted()
            && Set.of("max", "avg").contains(query.aggregator())
            && !query.metric().endsWith(".avg");
  }

  private static boolean isCount(String series) {
    Metric metric = series().get(series);
    return metric == null
        ? AwsMetrics.COUNTS.contains(series)
        : metric.kind() == Metric.Kind.COUNT
            || series.endsWith(".sum")
            || series.endsWith(".count");
  }
}
