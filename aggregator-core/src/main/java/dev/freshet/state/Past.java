package dev.freshet.state;

import dev.freshet.fold.SnapshotReader;

/**
 * The history of an entity up to the seam, which backfill computes from files of events.
 *
 * @param seamMillis the seam, see {@code Coverage}
 * @param bytes the output of {@link EntityState#writeUpTo}
 */
public record Past(long seamMillis, byte[] bytes) {

  /** Replaces the history of a state up to the seam. */
  public void installIn(EntityState state) {
    state.replaceUpTo(seamMillis, new SnapshotReader(bytes));
  }
}
