package dev.freshet.lambdas;

import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A state store that can fail in the middle of a batch, after the steps of some keys, as if the
 * function died.
 */
final class CrashingStore implements StateStore {

  /** More steps than any batch has. */
  static final int NEVER = Integer.MAX_VALUE;

  private final StateStore store;
  private final Set<String> stepped = new HashSet<>();
  private int stepsUntilCrash = NEVER;
  private int answersUntilDeath = NEVER;

  CrashingStore(StateStore store) {
    this.store = store;
  }

  /** Lets batches make at most this many steps, then fails them if steps are left. */
  void crashAfter(int steps) {
    stepsUntilCrash = steps;
  }

  /** Lets batches make all their steps, but fails after so many answers. */
  void dieAfterAnswers(int answers) {
    answersUntilDeath = answers;
  }

  /** Returns the keys that made a step since the last call of this method. */
  Set<String> drainStepped() {
    Set<String> drained = Set.copyOf(stepped);
    stepped.clear();
    return drained;
  }

  @Override
  public void apply(List<KeyEvents> changes, long nowMillis, Receiver receiver) {
    int steps = Math.min(changes.size(), stepsUntilCrash);
    changes.subList(0, steps).forEach(change -> stepped.add(change.key()));
    int[] answers = {0};
    store.apply(
        changes.subList(0, steps),
        nowMillis,
        (index, state) -> {
          if (answers[0]++ == answersUntilDeath) {
            throw new StateStoreException("died as the test wants it", null);
          }
          receiver.receive(index, state);
        });
    if (steps < changes.size()) {
      throw new StateStoreException("crashed as the test wants it", null);
    }
  }
}
