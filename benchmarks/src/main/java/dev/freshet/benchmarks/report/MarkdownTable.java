package dev.freshet.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A table that reads well as text and as Markdown.
 *
 * @param <R> what a row is of
 */
final class MarkdownTable<R> {

  private final List<List<String>> columns = new ArrayList<>();
  private final List<R> rows;

  MarkdownTable(List<R> rows) {
    this.rows = rows;
  }

  /** Adds a column; numbers are rounded to three significant digits or to whole ones. */
  MarkdownTable<R> column(String heading, Function<R, ?> cell) {
    List<String> texts = rows.stream().map(cell).map(MarkdownTable::text).toList();
    int width =
        Stream.concat(Stream.of(heading), texts.stream()).mapToInt(String::length).max().orElse(0);
    boolean isFirst = columns.isEmpty();
    String format = (isFirst ? "%-" : "%") + width + "s";
    List<String> column = new ArrayList<>();
    column.add(format.formatted(heading));
    column.add("-".repeat(width - 1) + (isFirst ? "-" : ":"));
    texts.forEach(text -> column.add(format.formatted(text)));
    columns.add(column);
    return this;
  }

  /** Returns the text of a cell; what was not measured, NaN, is left empty. */
  static String text(Object cell) {
    if (!(cell instanceof Number number)) {
      return cell.toString();
    }
    double value = number.doubleValue();
    if (Double.isNaN(value)) {
      return "";
    }
    if (number instanceof Long || number instanceof Integer || Math.abs(value) >= 100) {
      return "%,d".formatted(Math.round(value));
    }
    return (Math.abs(value) >= 10 ? "%.1f" : "%.2f").formatted(value);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size() + 2; i++) {
      int line = i;
      List<String> cells = columns.stream().map(column -> column.get(line)).toList();
      text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    return text.toString();
  }
}
