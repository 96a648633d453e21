package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestReplicatedCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests steps that are done only when a replica has them. */
@Timeout(120)
@Tag("verify")
class ReplicatedStateTest {

  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration NODE_TIMEOUT = Duration.ofMinutes(1);

  @Test
  void aReplicaOfEveryMasterWrittenMustHaveTheStep() throws IOException {
    try (TestReplicatedCluster cluster = new TestReplicatedCluster(NODE_TIMEOUT);
        Redis redis = cluster.connect(SHORT).replicatedTo(1)) {
      for (FeatureGroup group : List.of(TestGroups.lastValues(3), TestGroups.demand())) {
        StateStore store = store(group, redis);
        isMadeSoon(store, batch());
        for (int master = 0; master < 3; master++) {
          int touched = master;
          cluster.suspendReplica(master);
          try {
            isNotMade(store, batch());
            List<KeyEvents> others =
                batch().stream()
                    .filter(each -> !cluster.serves(touched, Lists.of(group, each.key())))
                    .toList();
            assertThat(others).as("keys of other masters").hasSizeBetween(10, 59);
            assertThat(store.apply(others, NOON)).hasSameSizeAs(others);
          } finally {
            cluster.resumeReplica(master);
          }
          isMadeSoon(store, batch());
        }
      }
    }
  }

  @Test
  void aServerWithoutReplicasMakesNoStepThatNeedsOne() {
    try (Redis redis = TestRedis.connect();
        Redis careful = Redis.at(TestRedis.url(), SHORT).replicatedTo(1)) {
      FeatureGroup group = TestGroups.lastValues(3);
      List<KeyEvents> lonely = change("lonely", value("e", NOON, 1));
      String connected = careful.ask(commands -> commands.ping());
      assertThat(connected).isEqualTo("PONG");
      isNotMade(store(group, careful), lonely);
      KeyState first = store(group, redis).apply(lonely, NOON).get(0);
      assertThat(first.tally().applied()).as("not even the declaration was confirmed").isEqualTo(1);
    }
  }

  @Test
  void thereIsNoNegativeNumberOfReplicas() {
    Redis redis = Redis.at("redis://127.0.0.1:1", SHORT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> redis.replicatedTo(-1))
        .withMessageContaining("-1");
  }

  private static void isNotMade(StateStore store, List<KeyEvents> changes) {
    assertThatExceptionOfType(StateStoreException.class)
        .isThrownBy(() -> store.apply(changes, NOON))
        .withMessageContaining("0 replicas instead of 1");
  }

  private static void isMadeSoon(StateStore store, List<KeyEvents> changes) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isMade(store, changes)) {
      assertThat(System.nanoTime()).as("made in time").isLessThan(end);
      LockSupport.parkNanos(SHORT.dividedBy(50).toNanos());
    }
  }

  private static boolean isMade(StateStore store, List<KeyEvents> changes) {
    try {
      return store.apply(changes, NOON).size() == changes.size();
    } catch (StateStoreException e) {
      return false;
    }
  }

  private static StateStore store(FeatureGroup group, Redis redis) {
    return RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE);
  }

  private static List<KeyEvents> batch() {
    return IntStream.range(0, 60)
        .mapToObj(i -> new KeyEvents("key" + i, List.of(value("e", NOON, i))))
        .toList();
  }
}
