package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.value;

import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestDurableRedis;
import dev.freshet.testing.redis.TestReplication;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures the cost of a batch that must not be lost; prints a row for each setting. Run it alone,
 * with {@code -Dtest=DurabilityMeasurement}.
 */
@Tag("verify")
class DurabilityMeasurement {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int ROUNDS = 400;
  private static final int[] SIZES = {1, 100, 500};

  @Test
  void measure() throws IOException {
    try (TestDurableRedis server = new TestDurableRedis()) {
      measure("a server alone", server.url(), 0);
    }
    try (TestReplication pair = new TestReplication()) {
      pair.followDirectly();
      measure("with a replica", pair.masterUrl(), 0);
      measure("with a replica that has to have it (WAIT 1)", pair.masterUrl(), 1);
    }
    for (String fsync : List.of("everysec", "always")) {
      try (TestDurableRedis server =
          new TestDurableRedis("appendonly yes", "appendfsync " + fsync)) {
        measure("append-only file, appendfsync " + fsync, server.url(), 0);
      }
    }
  }

  private static void measure(String name, String url, int replicas) {
    try (Redis redis = Redis.at(url, TIMEOUT).replicatedTo(replicas)) {
      StateStore store =
          RedisStateStore.of(TestGroups.demand(), redis, Duration.ofDays(1), Metrics.NONE);
      for (int size : SIZES) {
        times(store, size, "warm");
        long[] nanos = times(store, size, name);
        System.out.printf(
            "%-45s batch of %3d: p50 %6.2f ms, p99 %6.2f ms, %,8.0f keys/s%n",
            name,
            size,
            nanos[ROUNDS / 2] / 1e6,
            nanos[ROUNDS * 99 / 100] / 1e6,
            1e9 * size * ROUNDS / Arrays.stream(nanos).sum());
      }
    }
  }

  private static long[] times(StateStore store, int size, String run) {
    long[] nanos = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long at = NOON + round;
      String id = run + size + "/" + round;
      List<KeyEvents> batch =
          IntStream.range(0, size)
              .mapToObj(i -> new KeyEvents("key" + i, List.of(value(id, at, i))))
              .toList();
      long start = System.nanoTime();
      store.apply(batch, NOON);
      nanos[round] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos;
  }
}
