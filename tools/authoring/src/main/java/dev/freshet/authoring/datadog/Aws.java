package dev.freshet.authoring.datadog;

/** Queries of the metrics that AWS has of its services; they know the stage by names only. */
final class Aws {

  private static final String STAGE = "${env.value}";

  /** Every function that the template variables leave. */
  static final String FUNCTIONS = function("*") + ",functionname:${function.value}";

  static final String EVENT_STREAMS = stream("order-*");
  static final String RESULTS = stream("feature-results");
  static final String DEAD_LETTERS = stream("dead-letters");
  static final String DISCARDED = "queuename:" + STAGE + "-discarded-batches";
  static final String STATE_MACHINE = "statemachinearn:*:freshet-" + STAGE + "-recalculation";

  /** The clusters are not deployed with the functions: they carry these tags. */
  static final String REDIS = "service:freshet,$env";

  private Aws() {}

  static String function(String entry) {
    return "functionname:freshet-" + STAGE + "-" + entry;
  }

  private static String stream(String name) {
    return "streamname:" + STAGE + "-" + name;
  }

  static Line sum(String label, String metric, String filter) {
    return Line.of(label, counted(metric, filter, ""));
  }

  static Line sum(String label, String metric, String filter, String tag) {
    return Line.of(label, counted(metric, filter, by(tag)));
  }

  static Line max(String label, String metric, String filter, String tag) {
    return Line.of(label, gauge("max", metric, filter, by(tag)));
  }

  static Line maxMillis(String label, String metric, String filter) {
    return Line.millis(label, gauge("max", metric, filter, ""));
  }

  static Line maxMillis(String label, String metric, String filter, String tag) {
    return Line.millis(label, gauge("max", metric, filter, by(tag)));
  }

  static Line meanMillis(String label, String metric, String filter) {
    return Line.millis(label, gauge("avg", metric, filter, ""));
  }

  private static String counted(String metric, String filter, String by) {
    return gauge("sum", metric, filter, by) + ".as_count()";
  }

  private static String gauge(String aggregator, String metric, String filter, String by) {
    return "%s:%s{%s}%s".formatted(aggregator, metric, filter, by);
  }

  private static String by(String tag) {
    return " by {" + tag + "}";
  }
}
