package dev.freshet.benchmarks.soak;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.StreamResults;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.testing.FakeSink;
import io.lettuce.core.RedisException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Recalculates one group; what fails is due again. */
final class SoakRecalculation {

  private static final int MOST_ATTEMPTS = 30;

  private final FakeSink results = new FakeSink();
  private final Recalculator recalculator;
  private long failures;

  SoakRecalculation(FeatureGroup group, Redis redis, Clock clock) {
    var state =
        RedisStateStore.of(
            group, redis, Duration.ofDays(1), SoakFunction.CACHE_BYTES, Metrics.NONE);
    var dueKeys = new RedisDueKeys(group, redis);
    this.recalculator =
        new Recalculator(group, state, dueKeys, new StreamResults(results), clock, Metrics.NONE);
  }

  /** Once; says whether it was done. */
  boolean recalculate() {
    try {
      recalculator.recalculate(() -> false);
      return true;
    } catch (StateStoreException | RedisException e) {
      failures++;
      return false;
    }
  }

  /** Until nothing is due. */
  void finish() {
    for (int attempt = 0; !recalculate(); attempt++) {
      if (attempt == MOST_ATTEMPTS) {
        throw new AssertionError("a recalculation failed " + MOST_ATTEMPTS + " times");
      }
    }
  }

  /** What it published since the last call. */
  List<OutgoingRecord> published() {
    return results.drain();
  }

  /** How many times it failed. */
  long failures() {
    return failures;
  }
}
