package dev.freshet.authoring.datadog;

import static dev.freshet.authoring.datadog.Widget.graph;
import static dev.freshet.metrics.Metric.EVENTS_APPLIED;
import static dev.freshet.metrics.Metric.EVENTS_DUPLICATE;
import static dev.freshet.metrics.Metric.EVENTS_INVALID;
import static dev.freshet.metrics.Metric.EVENTS_LATE;
import static dev.freshet.metrics.Metric.EVENTS_RECEIVED;
import static dev.freshet.metrics.Metric.EVENTS_SKIPPED;
import static dev.freshet.metrics.Metric.EVENTS_UNFINISHED;
import static dev.freshet.metrics.Metric.FRESHNESS_PUBLISHED;
import static dev.freshet.metrics.Metric.RECALCULATION_KEYS;
import static dev.freshet.metrics.Metric.RECALCULATION_LAG;
import static dev.freshet.metrics.Metric.REDIS_ERRORS;
import static dev.freshet.metrics.Metric.RESULTS_PUBLISHED;
import static dev.freshet.metrics.Metric.STEP_COMPUTE;
import static dev.freshet.metrics.Metric.STEP_PARSE;
import static dev.freshet.metrics.Metric.STEP_PUBLISH;
import static dev.freshet.metrics.Metric.STEP_STATE;

import dev.freshet.definition.FeatureGroup;
import java.util.List;

/** How one feature group and its function are doing. */
final class GroupRow {

  private GroupRow() {}

  static Widget of(DeployedGroup deployed) {
    FeatureGroup group = deployed.group();
    Scope scope = new Scope("$env,feature_group:" + group.name());
    String function = Aws.function(deployed.function());
    return Widget.group(
        group.name(),
        List.of(
            graph(
                "Events",
                scope.count("received", EVENTS_RECEIVED),
                scope.count("applied", EVENTS_APPLIED),
                scope.count("results published", RESULTS_PUBLISHED),
                scope.count("keys recalculated", RECALCULATION_KEYS)),
            graph(
                "Not applied",
                scope.count("duplicate", EVENTS_DUPLICATE),
                scope.count("late", EVENTS_LATE),
                scope.count("skipped", EVENTS_SKIPPED),
                scope.count("invalid", EVENTS_INVALID),
                scope.count("unfinished", EVENTS_UNFINISHED)),
            graph(
                "Freshness and lag",
                scope.mean("published, mean", FRESHNESS_PUBLISHED),
                Aws.maxMillis("stream, max", "aws.lambda.iterator_age.maximum", function),
                scope.max("recalculation, max", RECALCULATION_LAG)),
            graph(
                "Time of a batch, mean",
                scope.mean("parse", STEP_PARSE),
                scope.mean("state", STEP_STATE),
                scope.mean("compute", STEP_COMPUTE),
                scope.mean("publish", STEP_PUBLISH)),
            graph(
                "Function",
                Aws.sum("invocations", "aws.lambda.invocations", function),
                Aws.sum("errors", "aws.lambda.errors", function),
                Aws.sum("throttles", "aws.lambda.throttles", function),
                scope.count("Redis errors", REDIS_ERRORS)),
            graph(
                "Duration of an invocation",
                Aws.meanMillis("mean", "aws.lambda.duration", function),
                Aws.maxMillis("max", "aws.lambda.duration.maximum", function))));
  }
}
