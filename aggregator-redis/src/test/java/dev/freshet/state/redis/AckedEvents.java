package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.value;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import dev.freshet.testing.TestGroups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Sends batches of events to a state store, and records which it has acknowledged. */
final class AckedEvents {

  private static final int KEYS = 20;
  private static final Duration PAUSE = Duration.ofMillis(4);

  private final FeatureGroup group = TestGroups.demand();
  private final List<List<KeyEvents>> acknowledged = new ArrayList<>();
  private int refused;
  private int batches;

  /** Sends batches, one event a key, for a while. */
  void send(Redis redis, Duration duration) {
    StateStore store = store(redis);
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      List<KeyEvents> batch = batch();
      try {
        store.apply(batch, NOON);
        acknowledged.add(batch);
      } catch (StateStoreException e) {
        refused++;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Sends all acknowledged events again; returns how many of them were lost. */
  int lostFrom(Redis redis) {
    StateStore store = store(redis);
    return acknowledged.stream()
        .flatMap(batch -> store.apply(batch, NOON).stream())
        .mapToInt(state -> state.tally().applied())
        .sum();
  }

  int acknowledged() {
    return acknowledged.size() * KEYS;
  }

  /** Returns the number of batches that were not done. */
  int refused() {
    return refused;
  }

  private List<KeyEvents> batch() {
    List<KeyEvents> batch = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      String id = batches + "-" + key;
      batch.add(new KeyEvents("key" + key, List.of(value(id, NOON + batches, key))));
    }
    batches++;
    return batch;
  }

  private StateStore store(Redis redis) {
    return RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE);
  }
}
