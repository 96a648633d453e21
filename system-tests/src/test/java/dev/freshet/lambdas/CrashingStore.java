package dev.freshet.lambdas;

import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A state store whose function can die in the middle of a batch, behind some of the keys' steps.
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

  /** Batches make this many steps at most, then fail, if they have any left to make. */
  void crashAfter(int steps) {
    stepsUntilCrash = steps;
  }

  /** Batches make all their steps, but the function dies behind so many answers. */
  void dieAfterAnswers(int answers) {
    answersUntilDeath = answers;
  }

  /** The keys that made a step since the last call of this method. */
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
