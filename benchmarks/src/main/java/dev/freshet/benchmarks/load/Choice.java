package dev.freshet.benchmarks.load;

import java.util.random.RandomGenerator;

/** Chooses whose turn it is, such as the store of the next order. */
public interface Choice {

  /** An index, from 0 on. */
  int draw(RandomGenerator random);

  /** One after another, then from the first on again. */
  static Choice inTurn(int size) {
    int[] next = {0};
    return random -> next[0]++ % size;
  }
}
