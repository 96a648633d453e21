package dev.freshet.console.page;

import dev.freshet.console.Page;
import dev.freshet.ledger.LedgerReport;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The records and results that came into each function, where they went, and whether that adds up.
 *
 * @param ledger the present report
 * @param command what prints the same
 */
public record LedgerPage(Supplier<LedgerReport> ledger, String command) implements Page {

  /** The report, and the command that prints it. */
  record Shown(LedgerReport report, String command) {}

  @Override
  public Shown read(Map<String, String> parameters) {
    return new Shown(ledger.get(), command);
  }
}
