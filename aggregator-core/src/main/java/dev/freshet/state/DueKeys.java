package dev.freshet.state;

import java.util.List;
import java.util.OptionalLong;

/**
 * An index of the keys of a feature group whose features change by time alone, and when. Every step
 * of a key updates it.
 */
public interface DueKeys {

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

  /** A key and the instant at which it changed, or will change. */
  record DueKey(String key, long dueMillis) {}

  /** An entity and the state that was published. */
  record Settled(String key, KeyState state) {}
}
