package dev.freshet.state;

import java.util.Arrays;
import java.util.List;

/**
 * The state of every key of one feature group.
 *
 * <p>A step of a key stores its events and evicts those that no longer count, atomically, even if
 * others write the same key. The state depends only on the set of events, not on their order, their
 * batches or how often they arrive, so any step may be repeated.
 */
public interface StateStore {

  /** Receives the states of keys as their steps finish. */
  @FunctionalInterface
  interface Receiver {

    /**
     * Receives the state of a key after its step.
     *
     * @param index the key's index among the changes
     */
    void receive(int index, KeyState state);
  }

  /** Steps that have begun. */
  @FunctionalInterface
  interface Steps {

    /**
     * Finishes the steps; called once, see {@link StateStore#apply(List, long, Receiver)}.
     *
     * @throws StateStoreException if a step may have failed; steps of other keys may have succeeded
     */
    void finish(Receiver receiver);
  }

  /**
   * Makes one step for each key.
   *
   * @param changes distinct keys with their events; none late for a timeline
   * @param nowMillis the clock
   * @param receiver receives each key's state once, in any order, while other steps are still
   *     running
   * @throws StateStoreException if a step may have failed; steps of other keys may have succeeded
   */
  void apply(List<KeyEvents> changes, long nowMillis, Receiver receiver);

  /**
   * Begins one step for each key, which the caller finishes before it begins others. So the stores
   * of several groups can work at the same time.
   *
   * @throws StateStoreException if a step may have failed
   */
  default Steps begin(List<KeyEvents> changes, long nowMillis) {
    return receiver -> apply(changes, nowMillis, receiver);
  }

  /** Makes one step for each key; the states are in the order of {@code changes}. */
  default List<KeyState> apply(List<KeyEvents> changes, long nowMillis) {
    KeyState[] states = new KeyState[changes.size()];
    apply(changes, nowMillis, (index, state) -> states[index] = state);
    return Arrays.asList(states);
  }
}
