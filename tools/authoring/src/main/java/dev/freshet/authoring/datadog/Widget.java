package dev.freshet.authoring.datadog;

import java.util.ArrayList;
import java.util.List;

/** A widget of a dashboard, its members named as in Datadog's API. */
record Widget(Object definition) {

  private record Group(String type, String layoutType, String title, List<Widget> widgets) {}

  private record Graph(
      String type, String title, boolean showLegend, Time time, List<Request> requests) {}

  private record Figure(
      String type, String title, boolean autoscale, int precision, List<Request> requests) {}

  private record Time(String liveSpan) {}

  private record Request(
      String responseFormat, String displayType, List<Query> queries, List<Formula> formulas) {}

  private record Query(String dataSource, String name, String query, String aggregator) {}

  private record Formula(String formula, String alias, NumberFormat numberFormat) {}

  private record NumberFormat(Unit unit) {}

  private record Unit(String type, String unitName) {}

  /** A row, which can be folded away. */
  static Widget group(String title, List<Widget> widgets) {
    return new Widget(new Group("group", "ordered", title, widgets));
  }

  static Widget graph(String title, Line... lines) {
    return graph(title, null, lines);
  }

  /** A graph of a whole day, whatever else is looked at. */
  static Widget day(String title, Line... lines) {
    return graph(title, new Time("1d"), lines);
  }

  private static Widget graph(String title, Time time, Line... lines) {
    List<Request> request = List.of(request("timeseries", "line", null, lines));
    return new Widget(new Graph("timeseries", title, true, time, request));
  }

  /** How many in the time that is looked at. */
  static Widget total(String title, Line line) {
    return number(title, "sum", line);
  }

  /** The worst in the time that is looked at. */
  static Widget worst(String title, Line line) {
    return number(title, "max", line);
  }

  private static Widget number(String title, String aggregator, Line line) {
    List<Request> request = List.of(request("scalar", null, aggregator, line));
    return new Widget(new Figure("query_value", title, true, 1, request));
  }

  private static Request request(String format, String display, String aggregator, Line... lines) {
    List<Query> queries = new ArrayList<>();
    List<Formula> formulas = new ArrayList<>();
    for (Line line : lines) {
      List<String> names = new ArrayList<>();
      for (String query : line.queries()) {
        names.add("q" + queries.size());
        queries.add(new Query("metrics", "q" + queries.size(), query, aggregator));
      }
      formulas.add(formula(line, names));
    }
    return new Request(format, display, queries, formulas);
  }

  private static Formula formula(Line line, List<String> names) {
    NumberFormat format =
        line.unit() == null ? null : new NumberFormat(new Unit("canonical_unit", line.unit()));
    return new Formula(line.formula().formatted(names.toArray()), line.label(), format);
  }
}
