package dev.freshet.benchmarks.measure;

import io.lettuce.core.api.sync.RedisCommands;

/** The time of the simplest exchange with Redis: one GET, one at a time, by the same client. */
public final class RoundTrip {

  private static final int AT_ONCE = 200;
  private static final String KEY = "round-trip";

  private final RedisCommands<String, String> redis;
  private final Latencies latencies = new Latencies();

  public RoundTrip(Store store) {
    this.redis = store.commands();
    redis.set(KEY, "1");
  }

  public void warmUp() {
    for (int i = 0; i < 20 * AT_ONCE; i++) {
      redis.get(KEY);
    }
  }

  /** Takes some more samples. */
  public void sample() {
    for (int i = 0; i < AT_ONCE; i++) {
      long start = System.nanoTime();
      redis.get(KEY);
      latencies.add(System.nanoTime() - start);
    }
  }

  public double medianMicros() {
    return latencies.micros(0.5);
  }
}
