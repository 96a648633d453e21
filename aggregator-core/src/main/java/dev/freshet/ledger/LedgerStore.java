package dev.freshet.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The sums of all entries, by function. */
@FunctionalInterface
public interface LedgerStore {

  /** Keeps nothing. */
  LedgerStore NONE = (function, entry) -> CompletableFuture.completedStage(null);

  /**
   * Begins to add all counts of an entry, or none. May wait for the store, but need not.
   *
   * @return completes when they are added; fails if they may not have been, with a message that
   *     says why
   */
  CompletionStage<Void> add(String function, LedgerEntry entry);
}
