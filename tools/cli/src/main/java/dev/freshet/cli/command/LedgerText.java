package dev.freshet.cli.command;

import dev.freshet.ledger.LedgerReport;
import dev.freshet.ledger.LedgerReport.GroupResults;
import dev.freshet.ledger.LedgerReport.Results;
import dev.freshet.ledger.LedgerReport.Row;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The ledger as text. */
public record LedgerText(LedgerReport report) {

  private static final String ROW = "%-28s  %-24s  %-18s  %-20s" + "  %10s".repeat(8) + "%n";
  private static final String RESULT = "%-28s" + "  %10s".repeat(5) + "%n";

  void print(PrintWriter out) {
    out.printf(
        ROW,
        "function",
        "group",
        "stream",
        "shard",
        "in",
        "applied",
        "duplicate",
        "late",
        "skipped",
        "invalid",
        "unfinished",
        "missing");
    report.rows().forEach(each -> print(each, out));
    out.println();
    out.printf(RESULT, "results of", "published", "arrived", "in flight", "missing", "again");
    report.groups().forEach(each -> print(each, out));
    out.println();
    out.println(summary());
  }

  private static void print(Row row, PrintWriter out) {
    List<String> names = List.of(row.function(), row.group(), row.stream(), row.shard());
    out.printf(
        ROW,
        names.get(0),
        names.get(1),
        names.get(2),
        names.get(3),
        grouped(row.in()),
        grouped(row.applied()),
        grouped(row.duplicate()),
        grouped(row.late()),
        grouped(row.skipped()),
        grouped(row.invalid()),
        grouped(row.unfinished()),
        grouped(row.missing()));
  }

  private static void print(GroupResults results, PrintWriter out) {
    out.printf(
        RESULT,
        results.group(),
        grouped(results.published()),
        grouped(results.arrived()),
        grouped(results.inFlight()),
        grouped(results.missing()),
        grouped(results.again()));
  }

  /** Returns the line that says whether the ledger adds up. */
  public String summary() {
    Results results = report.results();
    return "ledger: %s  events %s  results published %s  stored %s  stale %s  skipped %s  invalid %s  in flight %s"
        .formatted(
            report.missing() == 0 ? "adds up" : "%s MISSING".formatted(grouped(report.missing())),
            grouped(report.rows().stream().filter(Row::isOfEvents).mapToLong(Row::in).sum()),
            grouped(results.published()),
            grouped(results.stored()),
            grouped(results.stale()),
            grouped(results.skipped()),
            grouped(results.invalid()),
            grouped(results.inFlight()));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
