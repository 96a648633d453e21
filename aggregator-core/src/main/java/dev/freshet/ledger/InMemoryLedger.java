package dev.freshet.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps sums in memory, for tests. Safe for use by several threads. */
public final class InMemoryLedger implements LedgerStore {

  private final Map<String, LedgerEntry> sums = new LinkedHashMap<>();

  @Override
  public synchronized CompletionStage<Void> add(String function, LedgerEntry entry) {
    sums.computeIfAbsent(function, unseen -> new LedgerEntry()).addAll(entry);
    return CompletableFuture.completedStage(null);
  }

  /** Returns a copy of the sums, by function. */
  public synchronized Map<String, LedgerEntry> sums() {
    Map<String, LedgerEntry> copy = new LinkedHashMap<>();
    sums.forEach(
        (function, entry) ->
            copy.computeIfAbsent(function, unseen -> new LedgerEntry()).addAll(entry));
    return copy;
  }
}
