package dev.freshet.history;

import dev.freshet.aggregation.Summary;
import dev.freshet.events.HeldEvents;
import dev.freshet.events.Selection;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;

/**
 * The knowledge of some events: one summary of one selection. Depends on the set of the events
 * only.
 */
interface Measure {

  /** Adds an event. */
  void add(HeldEvents held, int slot);

  /** Returns whether it knows of no event. */
  boolean isEmpty();

  /** Adds what is known of earlier events, by a measure of the same kind. */
  void addEarlier(Measure earlier);

  /**
   * Drops what makes no difference beside later events, and adds the rest to them.
   *
   * @return false if nothing remains
   */
  default boolean yieldTo(Measure later) {
    return true;
  }

  /**
   * Writes the measure.
   *
   * @param lastMillis a time near those of the events
   */
  void write(SnapshotWriter out, long lastMillis);

  /** Reads the output of {@link #write}. */
  void read(SnapshotReader in, long lastMillis);

  /** Estimates the bytes of memory that it takes. */
  long sizeBytes();

  /** Returns the measure of no events. */
  static Measure of(Summary summary, Selection selection) {
    return switch (summary) {
      case COUNT -> new CountMeasure();
      case SUM -> new SumMeasure(selection);
      case SQUARES -> new SquaresMeasure(selection);
      case LEAST, GREATEST -> new ExtremeMeasure(selection, summary == Summary.GREATEST);
      case FIRST, LATEST -> new EdgeMeasure(selection, summary == Summary.LATEST);
      case DISTINCT -> new DistinctMeasure(selection);
      case RANKED -> new RankedMeasure(selection);
    };
  }

  /** Returns whether later events can make a part of earlier ones needless. */
  static boolean canYield(Summary summary) {
    return switch (summary) {
      case LEAST, GREATEST, LATEST, DISTINCT -> true;
      case COUNT, SUM, SQUARES, FIRST, RANKED -> false;
    };
  }
}
