package dev.freshet.authoring.datadog;

import static dev.freshet.authoring.datadog.Widget.graph;
import static dev.freshet.metrics.Metric.FRESHNESS_STORED;
import static dev.freshet.metrics.Metric.RECALCULATION_KEYS;
import static dev.freshet.metrics.Metric.RECALCULATION_LAG;
import static dev.freshet.metrics.Metric.RECALCULATION_PAGES;
import static dev.freshet.metrics.Metric.RECALCULATION_REVIVALS;
import static dev.freshet.metrics.Metric.RECALCULATION_STARTS;
import static dev.freshet.metrics.Metric.RECALCULATION_START_ERRORS;
import static dev.freshet.metrics.Metric.RESULTS_INVALID;
import static dev.freshet.metrics.Metric.RESULTS_STALE;
import static dev.freshet.metrics.Metric.RESULTS_STORED;
import static dev.freshet.metrics.Metric.STEP_STORE;

import java.util.List;

/** How the parts that all feature groups share are doing. */
final class Parts {

  private static final Scope STAGE = new Scope("$env");
  private static final Scope GROUPS = new Scope("$env,$feature_group").by("feature_group");

  private Parts() {}

  static List<Widget> rows() {
    return List.of(subscriber(), recalculation(), stateMachine(), streams(), redis());
  }

  private static Widget subscriber() {
    String function = Aws.function("feature-store-subscriber");
    return Widget.group(
        "Subscriber",
        List.of(
            graph(
                "Results",
                STAGE.count("stored", RESULTS_STORED),
                STAGE.count("stale", RESULTS_STALE),
                STAGE.count("invalid", RESULTS_INVALID)),
            graph(
                "From an event to the feature store",
                STAGE.mean("mean", FRESHNESS_STORED),
                STAGE.max("max", FRESHNESS_STORED)),
            graph(
                "Time of a batch",
                STAGE.mean("store, mean", STEP_STORE),
                STAGE.max("store, max", STEP_STORE),
                Aws.meanMillis("invocation, mean", "aws.lambda.duration", function)),
            graph(
                "Age of the results read, max",
                Aws.maxMillis("age", "aws.lambda.iterator_age.maximum", function)),
            graph(
                "Function",
                Aws.sum("invocations", "aws.lambda.invocations", function),
                Aws.sum("errors", "aws.lambda.errors", function),
                Aws.sum("throttles", "aws.lambda.throttles", function))));
  }

  private static Widget recalculation() {
    return Widget.group(
        "Recalculation",
        List.of(
            graph("From due to recalculated, mean", GROUPS.mean("", RECALCULATION_LAG)),
            graph("From due to recalculated, max", GROUPS.max("", RECALCULATION_LAG)),
            graph("Keys recalculated", GROUPS.count("", RECALCULATION_KEYS)),
            graph("Pages", GROUPS.count("", RECALCULATION_PAGES)),
            graph(
                "Executions",
                GROUPS.count("started", RECALCULATION_STARTS),
                GROUPS.count("not started", RECALCULATION_START_ERRORS),
                GROUPS.count("revived", RECALCULATION_REVIVALS))));
  }

  private static Widget stateMachine() {
    String function = Aws.function("recalculation*");
    return Widget.group(
        "State machine and watchdog",
        List.of(
            graph(
                "Executions",
                Aws.sum("started", "aws.states.executions_started", Aws.STATE_MACHINE),
                Aws.sum("succeeded", "aws.states.executions_succeeded", Aws.STATE_MACHINE),
                Aws.sum("failed", "aws.states.executions_failed", Aws.STATE_MACHINE),
                Aws.sum("timed out", "aws.states.executions_timed_out", Aws.STATE_MACHINE),
                Aws.sum("aborted", "aws.states.executions_aborted", Aws.STATE_MACHINE)),
            graph(
                "Functions",
                Aws.sum("invocations", "aws.lambda.invocations", function, "functionname"),
                Aws.sum("errors", "aws.lambda.errors", function, "functionname")),
            graph(
                "Duration of an invocation, max",
                Aws.maxMillis("", "aws.lambda.duration.maximum", function, "functionname"))));
  }

  private static Widget streams() {
    return Widget.group(
        "Streams",
        List.of(
            graph(
                "Puts refused by a full shard",
                streamed("orders", "write_provisioned_throughput_exceeded", Aws.EVENT_STREAMS),
                streamed("results", "write_provisioned_throughput_exceeded", Aws.RESULTS)),
            graph(
                "Reads refused by a full shard",
                streamed("orders", "read_provisioned_throughput_exceeded", Aws.EVENT_STREAMS),
                streamed("results", "read_provisioned_throughput_exceeded", Aws.RESULTS)),
            graph("Bytes put", bytes("orders", Aws.EVENT_STREAMS), bytes("results", Aws.RESULTS))));
  }

  private static Line streamed(String label, String metric, String streams) {
    return Aws.sum(label, "aws.kinesis." + metric, streams, "streamname");
  }

  private static Line bytes(String label, String streams) {
    return Line.bytes(
        label,
        "sum:aws.kinesis.incoming_bytes.sum{%s} by {streamname}.as_count()".formatted(streams));
  }

  private static Widget redis() {
    return Widget.group(
        "Redis",
        List.of(
            cluster("Engine CPU, %", "engine_cpuutilization"),
            cluster("Memory, %", "database_memory_usage_percentage"),
            cluster("Connections", "curr_connections"),
            cluster("Evictions", "evictions"),
            cluster("Replication lag, s", "replication_lag")));
  }

  private static Widget cluster(String title, String metric) {
    return graph(title, Aws.max("", "aws.elasticache." + metric, Aws.REDIS, "cacheclusterid"));
  }
}
