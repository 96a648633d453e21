package dev.freshet.quality.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a report for people. */
public final class AuditText {

  private static final int MOST_OF_CAUSE = 20;

  private AuditText() {}

  /** Returns a table of the feature groups, then the differences, then what was left out. */
  public static List<String> lines(AuditReport report) {
    int width = report.groups().keySet().stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    lines.add(row(width, "feature group", "compared", List.of(Cause.values())));
    report.groups().forEach((group, causes) -> lines.add(row(width, report, group, causes)));
    Map<Cause, Long> sums = report.causes();
    lines.add(row(width, "all", number(report.compared()), counts(sums)));
    for (Cause cause : Cause.values()) {
      list(report, cause, lines);
    }
    report.leftOut().forEach(each -> lines.add("left out: " + each));
    lines.add(report.line());
    return lines;
  }

  private static String row(int width, AuditReport report, String group, Map<Cause, Long> causes) {
    return row(width, group, number(report.compared(group)), counts(causes));
  }

  private static List<String> counts(Map<Cause, Long> causes) {
    return List.of(Cause.values()).stream()
        .map(cause -> number(causes.getOrDefault(cause, 0L)))
        .toList();
  }

  private static String number(long number) {
    return "%,d".formatted(number);
  }

  private static String row(int width, String name, String compared, List<?> cells) {
    StringBuilder row = new StringBuilder(name);
    row.append(" ".repeat(Math.max(0, Math.max(width, "feature group".length()) - name.length())));
    row.append("%12s".formatted(compared));
    for (int i = 0; i < cells.size(); i++) {
      int cell = Math.max(10, List.of(Cause.values()).get(i).toString().length() + 2);
      row.append(("%" + cell + "s").formatted(cells.get(i)));
    }
    return row.toString();
  }

  private static void list(AuditReport report, Cause cause, List<String> lines) {
    List<Difference> listed =
        report.differences().stream().filter(each -> each.cause() == cause).toList();
    if (cause == Cause.BEYOND_RETENTION || listed.isEmpty()) {
      return;
    }
    lines.add(cause + ": " + number(report.count(cause)));
    listed.stream()
        .limit(MOST_OF_CAUSE)
        .forEach(
            each ->
                lines.add(
                    "  %s %s  %s  serves %s, events give %s; %s"
                        .formatted(
                            each.dimension(),
                            each.entity(),
                            each.feature(),
                            each.served(),
                            each.computed(),
                            each.why())));
    if (report.count(cause) > Math.min(listed.size(), MOST_OF_CAUSE)) {
      lines.add("  …");
    }
  }
}
