package dev.freshet.ledger;

/** The sums of all entries, by function. */
@FunctionalInterface
public interface LedgerStore {

  /** Keeps nothing. */
  LedgerStore NONE = (function, entry) -> {};

  /**
   * Adds all counts of an entry, or none.
   *
   * @throws RuntimeException if they may not have been added; the message says why
   */
  void add(String function, LedgerEntry entry);
}
