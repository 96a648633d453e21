package dev.freshet.state;

import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.KindState.Outcome;
import dev.freshet.fold.StateKind;

/**
 * The outcome of an entity's step in a state store.
 *
 * @param version a number that grows with each step of the entity
 * @param asOfMillis the instant that the features describe; later than the clock given if an
 *     earlier step had a later one
 * @param newestMillis the newest {@code occurredAt} used, in epoch milliseconds
 * @param validUntilMillis the next instant at which a feature changes with no new event, or {@link
 *     #FOREVER}
 * @param completeFromMillis the instant from which on every feature has all events that it needs;
 *     {@code Coverage.ALWAYS} if it has
 * @param features in the order of declaration
 * @param tally the outcomes of the events of the step
 * @param isEmpty whether the state is empty
 * @param place the place of the state in its store, for {@link DueKeys#settle}
 */
public record KeyState(
    long version,
    long asOfMillis,
    long newestMillis,
    long validUntilMillis,
    long completeFromMillis,
    FeatureValues features,
    Tally tally,
    boolean isEmpty,
    Place place) {

  /** The instant that stands for "never". */
  public static final long FOREVER = StateKind.FOREVER;

  /**
   * The outcomes of the events of a step.
   *
   * @param dropped the events, or items, that went because the entity held too many
   */
  public record Tally(int applied, int duplicates, int late, int dropped) {

    /** The tally of a step without events. */
    public static final Tally NONE = new Tally(0, 0, 0, 0);

    /** Adds the outcome of an event. */
    public Tally plus(Outcome outcome) {
      return switch (outcome) {
        case APPLIED -> new Tally(applied + 1, duplicates, late, dropped);
        case DUPLICATE -> new Tally(applied, duplicates + 1, late, dropped);
        case LATE -> new Tally(applied, duplicates, late + 1, dropped);
      };
    }

    /** Returns the same tally with a number of dropped events. */
    public Tally withDropped(int number) {
      return number == 0 ? this : new Tally(applied, duplicates, late, number);
    }
  }

  /** The place of a state in its store; opaque to callers. */
  public interface Place {

    /** The place in a store with a single writer. */
    Place NONE = new Place() {};

    /**
     * Returns the state to archive; null after a step with events, and in a group without history.
     */
    default Snapshot snapshot() {
      return null;
    }
  }

  /**
   * The state of an entity with history.
   *
   * @param bytes the state, as its store writes it
   * @param expiresAtMillis the instant from which on no feature needs it; {@link #FOREVER} if there
   *     is none
   * @param isAsleep whether the archive has it and the store has not
   */
  public record Snapshot(byte[] bytes, long expiresAtMillis, boolean isAsleep) {}
}
