package dev.freshet.state;

import dev.freshet.fold.KindState.Outcome;
import dev.freshet.fold.StateKind;

/**
 * What a state store answers for one entity, once its step is done.
 *
 * @param version grows from each step of the entity to the next
 * @param asOfMillis the instant that the features are right at; later than the one asked for if
 *     another step was ahead
 * @param newestMillis the newest {@code occurredAt} used, in epoch milliseconds
 * @param validUntilMillis the next instant at which a feature changes with no new event, or {@link
 *     #FOREVER}
 * @param features in the order they were declared, NaN where one has no value; not copied
 * @param tally what became of the events of the step
 * @param isEmpty whether nothing is held any more
 * @param place where the state was read, for {@link DueKeys#settle}
 */
public record KeyState(
    long version,
    long asOfMillis,
    long newestMillis,
    long validUntilMillis,
    double[] features,
    Tally tally,
    boolean isEmpty,
    Place place) {

  /** The end of what never changes by time alone. */
  public static final long FOREVER = StateKind.FOREVER;

  /** What became of the events of the step. */
  public record Tally(int applied, int duplicates, int late) {

    /** Of a step without events. */
    public static final Tally NONE = new Tally(0, 0, 0);

    /** One event more. */
    public Tally plus(Outcome outcome) {
      return switch (outcome) {
        case APPLIED -> new Tally(applied + 1, duplicates, late);
        case DUPLICATE -> new Tally(applied, duplicates + 1, late);
        case LATE -> new Tally(applied, duplicates, late + 1);
      };
    }
  }

  /** Where a state store has read a state; its own business. */
  public interface Place {

    /** Of a store that nobody else writes to. */
    Place NONE = new Place() {};
  }
}
