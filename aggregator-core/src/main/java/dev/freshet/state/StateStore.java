package dev.freshet.state;

import java.util.Arrays;
import java.util.List;

/**
 * The state of every key of one feature group.
 *
 * <p>A step of a key stores its events and evicts what no longer counts, at once and as a whole,
 * whoever else works on the key. The state depends on the set of events alone: not on their order,
 * their batches or how often they come. A step may therefore be repeated at will.
 */
public interface StateStore {

  /** Takes the states of keys as they arrive. */
  @FunctionalInterface
  interface Receiver {

    /**
     * The state of a key behind its step.
     *
     * @param index the key's index among the changes
     */
    void receive(int index, KeyState state);
  }

  /**
   * Makes one step for each key.
   *
   * @param changes distinct keys with their events; for a timeline none of them late
   * @param nowMillis the clock
   * @param receiver is told each key's state once, in any order, while further ones are still on
   *     their way
   * @throws StateStoreException if a step may not have been made; steps of other keys may have been
   */
  void apply(List<KeyEvents> changes, long nowMillis, Receiver receiver);

  /** Makes one step for each key; the states are in the order of {@code changes}. */
  default List<KeyState> apply(List<KeyEvents> changes, long nowMillis) {
    KeyState[] states = new KeyState[changes.size()];
    apply(changes, nowMillis, (index, state) -> states[index] = state);
    return Arrays.asList(states);
  }
}
