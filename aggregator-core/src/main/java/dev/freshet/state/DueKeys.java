package dev.freshet.state;

import java.util.List;
import java.util.OptionalLong;

/** Which keys of a feature group change when, by time alone. Every step of a key keeps it right. */
public interface DueKeys {

  /**
   * Keys that have changed by an instant and are not settled.
   *
   * @param most about how many; fewer may be returned while more are due, but never none
   */
  List<DueKey> due(long nowMillis, int most);

  /** The earliest instant at which a key changes, past ones included; empty if none is pending. */
  OptionalLong next();

  /**
   * An entity's result is published: its entry moves on to its next change, unless the entity has
   * changed since. State that no event can name any more is removed.
   */
  void settle(List<Settled> published);

  /** A key and the instant at which it changed, or changes. */
  record DueKey(String key, long dueMillis) {}

  /** An entity and the state that was published. */
  record Settled(String key, KeyState state) {}
}
