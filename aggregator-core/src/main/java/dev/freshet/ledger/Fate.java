package dev.freshet.ledger;

import java.util.Locale;

/** The count of a line of the ledger: how many came in, or how many of them ended in one way. */
public enum Fate {
  /** Counted where they enter, before anything is done with them. */
  IN,
  APPLIED,
  DUPLICATE,
  LATE,
  SKIPPED,
  INVALID,
  /** Will come again, and be counted again. */
  UNFINISHED,
  /** Records, or arrived results, that are safely done. */
  DONE,
  /** Results that were acknowledged. */
  PUBLISHED,
  /** Results handed to the writer of the feature store. */
  HANDED,
  STORED,
  /** Results that were dropped, as there is a newer one. */
  STALE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in the store, such as {@code in}. */
  public String label() {
    return label;
  }

  /**
   * Returns the fate with a label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Fate of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
