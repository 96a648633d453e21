package dev.freshet.quality.audit;

import java.util.BitSet;
import java.util.Objects;

/**
 * Served features of a group of an entity beside recomputations of them. Remembers the one that
 * comes nearest.
 */
final class Comparison {

  static final String ABSENT = "absent";

  private final Served served;
  private final long readMillis;
  private final boolean[] comparable;
  private final boolean isWhole;

  /** The values that some recomputation agreed with; the last bit is for the next change. */
  private final BitSet seen = new BitSet();

  private Recomputation nearest;
  private boolean lacksEvents;
  private int disagreements = Integer.MAX_VALUE;

  /**
   * @param readMillis when they were read
   * @param comparable for each feature whether it can be compared
   */
  Comparison(Served served, long readMillis, boolean[] comparable) {
    this.served = served;
    this.readMillis = readMillis;
    this.comparable = comparable.clone();
    boolean whole = true;
    for (boolean each : comparable) {
      whole &= each;
    }
    this.isWhole = whole;
  }

  Served served() {
    return served;
  }

  boolean isComparable(int feature) {
    return comparable[feature];
  }

  /** Returns whether all features can be compared, and so the next change. */
  boolean isWhole() {
    return isWhole;
  }

  /** Returns by how much the next change by time alone was overdue; negative if it was not. */
  long overdueMillis() {
    return served.validUntilMillis() == Long.MAX_VALUE
        ? -1
        : readMillis - served.validUntilMillis();
  }

  /**
   * Compares a recomputation.
   *
   * @param isPartial whether events were left out
   * @return how many values are not the same
   */
  int add(Recomputation computed, boolean isPartial) {
    int number = 0;
    for (int i = 0; i < comparable.length; i++) {
      number += comparable[i] ? note(i, agrees(computed, i)) : 0;
    }
    number += isWhole ? note(comparable.length, agreesOnChange(computed)) : 0;
    if (number < disagreements) {
      nearest = computed;
      lacksEvents = isPartial;
      disagreements = number;
    }
    return number;
  }

  private int note(int place, boolean agrees) {
    if (agrees) {
      seen.set(place);
    }
    return agrees ? 0 : 1;
  }

  /**
   * Returns whether a recomputation gives the served value: at its own instant, and when it was
   * read, unless a change by time alone was due.
   */
  boolean agrees(Recomputation computed, int feature) {
    String value = served.values()[feature];
    return Objects.equals(computed.values()[feature], value)
        && (overdueMillis() >= 0 || Objects.equals(computed.now()[feature], value));
  }

  boolean agreesOnChange(Recomputation computed) {
    return served.validUntilOf(computed.nextChangeMillis()) == served.validUntilMillis();
  }

  /** Returns the recomputation that comes nearest. */
  Recomputation nearest() {
    return nearest;
  }

  /** Returns whether the nearest one leaves out events. */
  boolean lacksEvents() {
    return lacksEvents;
  }

  int disagreements() {
    return disagreements;
  }

  boolean wasSeen(int feature) {
    return seen.get(feature);
  }

  boolean wasChangeSeen() {
    return seen.get(comparable.length);
  }

  String value(int feature) {
    return text(served.values()[feature]);
  }

  static String text(String value) {
    return value == null ? ABSENT : value;
  }
}
