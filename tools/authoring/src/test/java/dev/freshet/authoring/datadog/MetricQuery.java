package dev.freshet.authoring.datadog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A query of one metric, as Datadog writes it.
 *
 * @param tags that it filters or splits by
 * @param variables of the dashboard that it filters by
 * @param counted whether it adds up what was counted
 */
record MetricQuery(
    String aggregator, String metric, Set<String> tags, Set<String> variables, boolean counted) {

  private static final Pattern QUERY =
      Pattern.compile(
          "(?<aggregator>\\w+):(?<metric>[a-z][\\w.]*)"
              + "\\{(?<filter>(?:\\$\\{[^}]*}|[^{}])*)}"
              + "(?: by \\{(?<by>[^{}]*)})?(?<counted>\\.as_count\\(\\))?");
  private static final Pattern TAG = Pattern.compile("(\\w+):[^, ]+");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");
  private static final Pattern TAG_OF_VARIABLE = Pattern.compile("\\$(\\w+)");

  /** Those of a formula such as {@code sum:a{*} / sum:b{*}}, of which nothing may be left over. */
  static List<MetricQuery> of(String formula) {
    List<MetricQuery> queries = new ArrayList<>();
    Matcher found = QUERY.matcher(formula);
    while (found.find()) {
      queries.add(of(found));
    }
    String rest = found.replaceAll("");
    if (queries.isEmpty() || rest.contains("{") || rest.contains("freshet.")) {
      throw new IllegalArgumentException("not understood: " + formula);
    }
    return queries;
  }

  private static MetricQuery of(Matcher found) {
    String filter = found.group("filter");
    Set<String> tags = all(TAG, filter);
    tags.addAll(all(TAG_OF_VARIABLE, filter));
    if (found.group("by") != null) {
      tags.addAll(List.of(found.group("by").split(",")));
    }
    return new MetricQuery(
        found.group("aggregator"),
        found.group("metric"),
        tags,
        all(VARIABLE, filter),
        found.group("counted") != null);
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
