package dev.freshet.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.bare;
import static dev.freshet.testing.TestEvents.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.metrics.Metrics;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestServer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Asks whether a state store can be used. */
final class Availability {

  /** For servers that never answer. */
  static final Duration SHORT = Duration.ofMillis(400);

  /** For servers that answer some calls, even on a busy machine. */
  static final Duration FAIR = Duration.ofSeconds(4);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Availability() {}

  static void failsSoon(StateStore store, String mentions) {
    assertThatExceptionOfType(StateStoreException.class)
        .isThrownBy(() -> store.apply(change("key", bare("a", NOON)), NOON))
        .withMessageContaining(mentions);
  }

  static void isUsableSoon(StateStore store) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isUsable(store)) {
      assertThat(System.nanoTime()).as("usable again in time").isLessThan(end);
      LockSupport.parkNanos(SHORT.dividedBy(40).toNanos());
    }
  }

  private static boolean isUsable(StateStore store) {
    try {
      return store.apply(change("key", bare("z", NOON)), NOON).size() == 1;
    } catch (StateStoreException e) {
      return false;
    }
  }

  static StateStore demand(Redis redis) {
    return RedisStateStore.of(TestGroups.demand(), redis, Duration.ofDays(1), Metrics.NONE);
  }

  static String url(TestServer server) {
    return "redis://127.0.0.1:" + server.port();
  }
}
