package dev.freshet.fold;

/** The state of one kind for one entity. Not safe for use by several threads. */
public interface KindState {

  /** The outcome of an event. */
  enum Outcome {
    /** It changed the state. */
    APPLIED,
    /** The state had it already, or it added nothing. */
    DUPLICATE,
    /** It is older than everything in the state. */
    LATE
  }

  /** Advances time; an instant that has passed changes nothing. */
  void advanceTo(long nowMillis);

  /** Folds an event in that {@link StateKind#takes} accepts. */
  Outcome fold(Occurrence event);

  /** Computes the features at the instant that time was advanced to, from an index on. */
  void features(FeatureValues into, int start);

  /** Returns how many events were dropped since the last call because there were too many. */
  int takeDropped();

  /**
   * The next instant at which a feature changes with no new event, or {@link StateKind#FOREVER}.
   */
  long nextChangeMillis();

  /** The newest {@code occurredAt} used; {@code Long.MIN_VALUE} if there is none. */
  long newestMillis();

  /**
   * Returns whether the windows over last events of any age have as many as they can see, and none
   * of them is older than an instant. True if there is no such window.
   */
  boolean hasLastSince(long millis);

  /** Returns whether the state is empty. */
  boolean isEmpty();

  /** Writes the state, for {@link StateKind#read}. */
  void write(SnapshotWriter out);

  /** Estimates the bytes of memory that it takes. */
  long sizeBytes();
}
