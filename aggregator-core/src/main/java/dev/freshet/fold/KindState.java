package dev.freshet.fold;

/** What one kind of state holds of one entity. Not safe for use by several threads. */
public interface KindState {

  /** What became of an event. */
  enum Outcome {
    /** It changed what is held. */
    APPLIED,
    /** It was held already, or told nothing new. */
    DUPLICATE,
    /** It is older than everything that is held. */
    LATE
  }

  /** Moves time on, never back. */
  void advanceTo(long nowMillis);

  /** Takes an event that {@link StateKind#takes} agreed to. */
  Outcome fold(Occurrence event);

  /**
   * The features at the instant that time has been moved on to.
   *
   * @param into takes them from {@code start} on; NaN where one has no value
   */
  void features(double[] into, int start);

  /**
   * The next instant at which a feature changes with no new event, or {@link StateKind#FOREVER}.
   */
  long nextChangeMillis();

  /** The newest {@code occurredAt} used; the least long if none is. */
  long newestMillis();

  /** Whether nothing is held any more. */
  boolean isEmpty();

  /** Writes what is held, for {@link StateKind#read}. */
  void write(SnapshotWriter out);

  /** About how many bytes of memory it takes. */
  long sizeBytes();
}
