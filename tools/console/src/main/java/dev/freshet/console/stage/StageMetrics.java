package dev.freshet.console.stage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * Metrics of CloudWatch over the last five whole minutes that it has. Asks once a minute at most,
 * because CloudWatch bills each metric that it is asked for.
 */
final class StageMetrics {

  static final Duration SPAN = Duration.ofMinutes(5);

  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** CloudWatch has most metrics of a minute when another one has passed. */
  private static final Duration DELAY = Duration.ofMinutes(2);

  private static final int MOST_QUERIES = 500;

  private final CloudWatchClient client;
  private final InstantSource time;
  private final List<Metric> metrics;
  private Map<Metric, List<Double>> answer = Map.of();
  private Instant end = Instant.MIN;

  /**
   * @param metrics all that will be asked for
   */
  StageMetrics(CloudWatchClient client, List<Metric> metrics, InstantSource time) {
    this.client = client;
    this.metrics = List.copyOf(metrics);
    this.time = time;
  }

  /**
   * A metric.
   *
   * @param of the dimension, such as {@code StreamName}
   * @param value of the dimension
   */
  record Metric(String namespace, String name, String statistic, String of, String value) {

    static Metric ofStream(String stream, String name) {
      return new Metric("AWS/Kinesis", name, "Sum", "StreamName", stream);
    }

    static Metric ofFunction(String function, String name, String statistic) {
      return new Metric("AWS/Lambda", name, statistic, "FunctionName", function);
    }
  }

  /** Returns the sum over the span; empty if CloudWatch has nothing. */
  synchronized OptionalDouble sum(Metric metric) {
    List<Double> values = values(metric);
    return values.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(values.stream().mapToDouble(Double::doubleValue).sum());
  }

  /** Returns the newest value of the span; empty if CloudWatch has nothing. */
  synchronized OptionalDouble newest(Metric metric) {
    List<Double> values = values(metric);
    return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(values.get(0));
  }

  private List<Double> values(Metric metric) {
    Instant wanted = time.instant().minus(DELAY).truncatedTo(ChronoUnit.MINUTES);
    if (!wanted.equals(end)) {
      answer = ask(wanted);
      end = wanted;
    }
    return answer.getOrDefault(metric, List.of());
  }

  private Map<Metric, List<Double>> ask(Instant until) {
    Map<Metric, List<Double>> found = new HashMap<>();
    try {
      for (int from = 0; from < metrics.size(); from += MOST_QUERIES) {
        List<Metric> some = metrics.subList(from, Math.min(metrics.size(), from + MOST_QUERIES));
        ask(some, until, found);
      }
    } catch (SdkException e) {
      throw new IllegalStateException("CloudWatch: " + e.getMessage(), e);
    }
    return found;
  }

  /** Adds values, newest first; an answer may come in pages. */
  private void ask(List<Metric> some, Instant until, Map<Metric, List<Double>> found) {
    List<MetricDataQuery> queries = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      queries.add(query("m" + i, some.get(i)));
    }
    client
        .getMetricDataPaginator(
            call ->
                call.metricDataQueries(queries)
                    .startTime(until.minus(SPAN))
                    .endTime(until)
                    .scanBy("TimestampDescending"))
        .metricDataResults()
        .forEach(
            each ->
                found
                    .computeIfAbsent(
                        some.get(Integer.parseInt(each.id().substring(1))),
                        unseen -> new ArrayList<>())
                    .addAll(each.values()));
  }

  private static MetricDataQuery query(String id, Metric metric) {
    Dimension dimension = Dimension.builder().name(metric.of()).value(metric.value()).build();
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            stat ->
                stat.stat(metric.statistic())
                    .period((int) PERIOD.toSeconds())
                    .metric(
                        asked ->
                            asked
                                .namespace(metric.namespace())
                                .metricName(metric.name())
                                .dimensions(dimension)))
        .build();
  }
}
