package dev.freshet.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A table that reads well as text and as Markdown. */
public final class MarkdownTable {

  private final List<List<String>> rows = new ArrayList<>();

  public MarkdownTable(String... headings) {
    rows.add(List.of(headings));
  }

  /** A row; numbers are rounded to three significant digits or to whole ones. */
  public MarkdownTable row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell instanceof Number number ? text(number) : cell.toString());
    }
    rows.add(row);
    return this;
  }

  static String text(Number number) {
    double value = number.doubleValue();
    if (number instanceof Long || number instanceof Integer || Math.abs(value) >= 100) {
      return "%,d".formatted(Math.round(value));
    }
    return (Math.abs(value) >= 10 ? "%.1f" : "%.2f").formatted(value);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      append(text, rows.get(i));
      if (i == 0) {
        append(text, rule());
      }
    }
    return text.toString();
  }

  /** The first column to the left, all others to the right. */
  private List<String> rule() {
    List<String> rule = new ArrayList<>();
    for (int column = 0; column < rows.get(0).size(); column++) {
      String dashes = "-".repeat(width(column) - 1);
      rule.add(column == 0 ? "-" + dashes : dashes + ":");
    }
    return rule;
  }

  private void append(StringBuilder text, List<String> row) {
    for (int column = 0; column < row.size(); column++) {
      String format = (column == 0 ? "| %-" : "| %") + width(column) + "s ";
      text.append(format.formatted(row.get(column)));
    }
    text.append("|\n");
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
  }
}
