package dev.freshet.state;

import java.util.List;

/**
 * The state of every key of one feature group.
 *
 * <p>A step of a key stores its events and evicts what no longer counts, at once and as a whole,
 * whoever else works on the key. The state depends on the set of events alone: not on their order,
 * their batches or how often they come. A step may therefore be repeated at will.
 */
public interface StateStore {

  /**
   * Makes one step for each key.
   *
   * @param changes distinct keys with their events; for a timeline none of them late
   * @param nowMillis the clock
   * @return the state of each key behind its step, in the order of {@code changes}
   * @throws StateStoreException if a step may not have been made; steps of other keys may have been
   */
  List<KeyState> apply(List<KeyEvents> changes, long nowMillis);
}
