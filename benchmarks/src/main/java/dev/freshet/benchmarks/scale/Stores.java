package dev.freshet.benchmarks.scale;

import dev.freshet.benchmarks.measure.RedisNodes;
import java.nio.file.Path;

/** The servers of the state store and of the feature store. */
record Stores(RedisNodes state, RedisNodes features) implements AutoCloseable {

  /**
   * @param masters of each store
   * @param folder for logs
   */
  static Stores start(int masters, Path folder) {
    RedisNodes state = RedisNodes.start("state-store", masters, folder);
    try {
      return new Stores(state, RedisNodes.start("feature-store", masters, folder));
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
