package dev.freshet.benchmarks.scale;

import dev.freshet.benchmarks.measure.RedisNodes;
import java.nio.file.Path;

/**
 * The servers of the state store and of the feature store.
 *
 * @param isDirect whether functions write features themselves, without a subscriber
 */
record Stores(RedisNodes state, RedisNodes features, boolean isDirect) implements AutoCloseable {

  /**
   * @param masters of each store
   * @param folder for logs
   */
  static Stores start(int masters, boolean isDirect, Path folder) {
    RedisNodes state = RedisNodes.start("state-store", masters, folder);
    try {
      return new Stores(state, RedisNodes.start("feature-store", masters, folder), isDirect);
    } catch (RuntimeException e) {
      state.close();
      throw e;
    }
  }

  int masters() {
    return state.nodes().size();
  }

  void clear() {
    state.clear();
    features.clear();
  }

  @Override
  public void close() {
    state.close();
    features.close();
  }
}
