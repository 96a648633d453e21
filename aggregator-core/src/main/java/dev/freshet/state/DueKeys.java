package dev.freshet.state;

import java.util.List;
import java.util.OptionalLong;

/**
 * An index of the keys of a feature group whose features change by time alone, and when. Every step
 * of a key updates it.
 */
public interface DueKeys {

  /** Returns the index of the keys in a range of partitions alone. */
  DueKeys in(PartitionRange range);

  /**
   * Returns keys that have changed by an instant and are not settled.
   *
   * @param most about how many to return; fewer may be returned while more are due, but never none
   */
  List<DueKey> due(long nowMillis, int most);

  /**
   * Returns the earliest instant at which a key changes, which may be past; empty if none is
   * pending.
   */
  OptionalLong next();

  /**
   * Records that results are published: moves each entity's entry to its next change, unless the
   * entity has changed since. Removes state that no event can affect any more.
   */
  void settle(List<Settled> published);

  /**
   * Returns entities with history that are due to be archived.
   *
   * @param most about how many to return, as in {@link #due}
   */
  default List<String> toArchive(long nowMillis, int most) {
    return List.of();
  }

  /**
   * Records that entities are archived: each may be forgotten, unless it has changed since. Then it
   * is due again {@link Archive#LONGEST_DELAY} later.
   */
  default void settleArchived(List<Settled> archived) {}

  /** Records that entities are due to be archived {@link Archive#LONGEST_DELAY} later. */
  default void archiveLater(List<Settled> entities) {}

  /** A key and the instant at which it changed, or will change. */
  record DueKey(String key, long dueMillis) {}

  /** An entity and the state that was published. */
  record Settled(String key, KeyState state) {}
}
