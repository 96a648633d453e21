package dev.freshet.fold;

/** The state of a kind that is archived: the part before an instant can be replaced. */
public interface ArchivedState extends KindState {

  /** Keeps the part at or before an instant apart from the rest, so that it can be replaced. */
  void divideAt(long seamMillis);

  /** Writes the part at or before an instant, for {@link #replaceUpTo}. */
  void writeUpTo(long seamMillis, SnapshotWriter out);

  /** Replaces the part at or before an instant. */
  void replaceUpTo(long seamMillis, SnapshotReader in);
}
