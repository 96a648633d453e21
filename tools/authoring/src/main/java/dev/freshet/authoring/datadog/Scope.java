package dev.freshet.authoring.datadog;

import dev.freshet.metrics.Metric;

/**
 * Queries of the functions' own metrics, all with one filter.
 *
 * @param filter such as {@code $env,feature_group:city_demand}
 * @param by the clause that splits a line by a tag, or nothing
 */
record Scope(String filter, String by) {

  Scope(String filter) {
    this(filter, "");
  }

  /** A line for each value of the tag. */
  Scope by(String tag) {
    return new Scope(filter, " by {" + tag + "}");
  }

  Line count(String label, Metric metric) {
    return Line.of(label, counted(metric.meter()));
  }

  Line mean(String label, Metric metric) {
    return Line.meanMillis(
        label, counted(metric.meter() + ".sum"), counted(metric.meter() + ".count"));
  }

  Line max(String label, Metric metric) {
    return Line.millis(label, "max:%s.max{%s}%s".formatted(metric.meter(), filter, by));
  }

  private String counted(String series) {
    return "sum:%s{%s}%s.as_count()".formatted(series, filter, by);
  }
}
