package dev.freshet.operations.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The times and sizes of a load, measured or assumed, from {@code figures.json}. */
final class Figures {

  private final JsonNode file;

  Figures(JsonNode file) {
    this.file = file;
  }

  static Figures load() {
    return new Figures(Resource.read("figures.json"));
  }

  /**
   * Returns a number.
   *
   * @param path such as {@code /event/bytes}
   */
  double of(String path) {
    JsonNode number = file.at(path);
    if (!number.isNumber()) {
      throw new IllegalArgumentException("figures.json has no number " + path);
    }
    return number.asDouble();
  }

  /** Returns the number of a name below a path, such as the share of a stream; empty if none. */
  Optional<Double> of(String path, String name) {
    return Optional.of(file.at(path).path(name)).filter(JsonNode::isNumber).map(JsonNode::asDouble);
  }

  /**
   * Returns the value at a point of a table, on the line between its neighbours; beyond the table,
   * that of its first or last point.
   */
  double at(String path, double point) {
    NavigableMap<Double, Double> table = table(path);
    return on(table, Math.min(table.lastKey(), Math.max(table.firstKey(), point)));
  }

  /** Returns the same, but goes on beyond the table's last point as it did before it. */
  double line(String path, double point) {
    return on(table(path), point);
  }

  private static double on(NavigableMap<Double, Double> table, double point) {
    double left = Optional.ofNullable(table.lowerKey(point)).orElse(table.firstKey());
    left = Math.min(left, table.lowerKey(table.lastKey()));
    double right = table.higherKey(left);
    double part = (point - left) / (right - left);
    return table.get(left) + part * (table.get(right) - table.get(left));
  }

  private NavigableMap<Double, Double> table(String path) {
    NavigableMap<Double, Double> table = new TreeMap<>();
    file.at(path)
        .properties()
        .forEach(row -> table.put(Double.valueOf(row.getKey()), row.getValue().asDouble()));
    return table;
  }

  /** Returns the measured memory size nearest to that of a function. */
  int measuredMemory(int megabytes) {
    return file.path("invocationMillis").properties().stream()
        .map(row -> Integer.parseInt(row.getKey()))
        .min((left, right) -> Math.abs(left - megabytes) - Math.abs(right - megabytes))
        .orElseThrow();
  }

  /** Returns the types of nodes, each with its memory. */
  Map<String, Double> nodes() {
    Map<String, Double> nodes = new TreeMap<>();
    file.at("/nodes/gibibytes")
        .properties()
        .forEach(node -> nodes.put(node.getKey(), node.getValue().asDouble()));
    return nodes;
  }
}
