package dev.freshet.authoring.datadog;

import static dev.freshet.authoring.datadog.Widget.day;
import static dev.freshet.authoring.datadog.Widget.graph;
import static dev.freshet.authoring.datadog.Widget.total;
import static dev.freshet.authoring.datadog.Widget.worst;
import static dev.freshet.metrics.Metric.EVENTS_INVALID;
import static dev.freshet.metrics.Metric.EVENTS_LATE;
import static dev.freshet.metrics.Metric.EVENTS_RECEIVED;
import static dev.freshet.metrics.Metric.EVENTS_UNFINISHED;
import static dev.freshet.metrics.Metric.FRESHNESS_PUBLISHED;
import static dev.freshet.metrics.Metric.FRESHNESS_STORED;
import static dev.freshet.metrics.Metric.KINESIS_ERRORS;
import static dev.freshet.metrics.Metric.KINESIS_RETRIES;
import static dev.freshet.metrics.Metric.LETTERS_REFUSED;
import static dev.freshet.metrics.Metric.LETTERS_WAITING;
import static dev.freshet.metrics.Metric.REDIS_ERRORS;
import static dev.freshet.metrics.Metric.REDIS_RETRIES;
import static dev.freshet.metrics.Metric.RESULTS_PUBLISHED;
import static dev.freshet.metrics.Metric.RESULTS_STORED;

import java.util.List;

/** How the whole fleet is doing. */
final class Overview {

  private static final Scope GROUPS = new Scope("$env,$feature_group,$function");
  private static final Scope FUNCTIONS = new Scope("$env,$function");
  private static final Scope STAGE = new Scope("$env");

  private Overview() {}

  static List<Widget> rows() {
    return List.of(traffic(), lag(), errors(), scale());
  }

  private static Widget traffic() {
    Scope each = GROUPS.by("feature_group");
    return Widget.group(
        "Traffic",
        List.of(
            total("Events received", GROUPS.count("events", EVENTS_RECEIVED)),
            total("Results published", GROUPS.count("results", RESULTS_PUBLISHED)),
            total("Results stored", STAGE.count("results", RESULTS_STORED)),
            graph("Events received", each.count("events", EVENTS_RECEIVED)),
            graph("Results published", each.count("results", RESULTS_PUBLISHED)),
            graph(
                "Records put into the order streams",
                Aws.sum("", "aws.kinesis.incoming_records", Aws.EVENT_STREAMS, "streamname")),
            graph("Late events", each.count("events", EVENTS_LATE))));
  }

  private static Widget lag() {
    return Widget.group(
        "Lag and freshness",
        List.of(
            worst(
                "Oldest record read",
                Aws.maxMillis("age", "aws.lambda.iterator_age.maximum", Aws.FUNCTIONS)),
            graph(
                "Age of the records read, max",
                Aws.maxMillis(
                    "", "aws.lambda.iterator_age.maximum", Aws.FUNCTIONS, "functionname")),
            graph(
                "From an event to its published result, mean",
                GROUPS.by("feature_group").mean("", FRESHNESS_PUBLISHED)),
            graph(
                "From an event to the feature store",
                STAGE.mean("mean", FRESHNESS_STORED),
                STAGE.max("max", FRESHNESS_STORED))));
  }

  private static Widget errors() {
    return Widget.group(
        "Errors",
        List.of(
            graph(
                "Failed invocations",
                Aws.sum("", "aws.lambda.errors", Aws.FUNCTIONS, "functionname")),
            graph(
                "Records handed over again",
                GROUPS.by("feature_group").count("", EVENTS_UNFINISHED)),
            graph("Invalid events", GROUPS.by("feature_group").count("", EVENTS_INVALID)),
            graph(
                "Dead letters",
                Aws.sum("records", "aws.kinesis.incoming_records", Aws.DEAD_LETTERS)),
            graph(
                "Discarded batches",
                Line.of(
                    "waiting in the queue",
                    "max:aws.sqs.approximate_number_of_messages_visible{%s}"
                        .formatted(Aws.DISCARDED))),
            graph(
                "Redis",
                FUNCTIONS.by("function").count("errors", REDIS_ERRORS),
                FUNCTIONS.by("function").count("retries", REDIS_RETRIES)),
            graph(
                "Kinesis, putting",
                FUNCTIONS.by("function").count("errors", KINESIS_ERRORS),
                FUNCTIONS.by("function").count("retries", KINESIS_RETRIES),
                FUNCTIONS.by("function").count("dead letters waiting", LETTERS_WAITING),
                FUNCTIONS.by("function").count("dead letters held", LETTERS_REFUSED))));
  }

  private static Widget scale() {
    return Widget.group(
        "Scale-out over the day",
        List.of(
            day(
                "Invocations",
                Aws.sum("", "aws.lambda.invocations", Aws.FUNCTIONS, "functionname")),
            day(
                "Concurrent executions, max",
                Aws.max(
                    "", "aws.lambda.concurrent_executions.maximum", Aws.FUNCTIONS, "functionname")),
            day("Events received", GROUPS.by("feature_group").count("", EVENTS_RECEIVED)),
            day(
                "Throttled invocations",
                Aws.sum("", "aws.lambda.throttles", Aws.FUNCTIONS, "functionname"))));
  }
}
