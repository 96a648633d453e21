package dev.freshet.ledger;

/**
 * The ledger of a function.
 *
 * @param sinceMillis the time of its first entry
 * @param sums of all its entries
 */
public record LedgerSums(String function, long sinceMillis, LedgerEntry sums) {}
