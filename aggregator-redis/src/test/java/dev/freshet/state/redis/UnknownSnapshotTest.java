package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.StateStoreException;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that a snapshot in an unknown format, or of an unknown declaration, is not misread. */
@Tag("containers")
@Tag("verify")
class UnknownSnapshotTest {

  private static final Redis REDIS = TestRedis.shared();

  @Test
  void isRefusedAndStays() {
    for (FeatureGroup group : List.of(TestGroups.demand(), TestGroups.lastValues(3))) {
      byte[] list = Lists.of(group, "k1");
      byte[] unknown = {3, 77, 1, 2};
      store(group).apply(change("k1", value("e", NOON, 1)), NOON);
      REDIS.ask(commands -> commands.lset(list, 1, unknown));
      for (int i = 0; i < 20; i++) {
        assertThatExceptionOfType(StateStoreException.class)
            .isThrownBy(() -> store(group).apply(change("k1", value("f", NOON, 1)), NOON))
            .withMessageContaining(group.dimension().name() + " k1")
            .withMessageContaining(group.name())
            .withMessageContaining("format 77, not 2");
      }
      byte[] found = REDIS.ask(commands -> commands.lindex(list, 1));
      assertThat(found).containsExactly(unknown);
    }
  }

  /** As after a loss of the declarations of the group. */
  @Test
  void ofAnUnknownDeclarationIsRefusedToo() {
    FeatureGroup group = TestGroups.demand();
    byte[] list = Lists.of(group, "k1");
    byte[] unknown = {6, 2, 1, 2, 3, 4, 0};
    store(group).apply(change("k1", value("e", NOON, 1)), NOON);
    REDIS.ask(commands -> commands.lset(list, 1, unknown));
    for (int i = 0; i < 40; i++) {
      assertThatExceptionOfType(StateStoreException.class)
          .isThrownBy(() -> store(group).apply(change("k1", value("f", NOON, 1)), NOON))
          .withMessageContaining(group.name())
          .withMessageContaining("declaration, 04030201, that is unknown");
    }
    byte[] found = REDIS.ask(commands -> commands.lindex(list, 1));
    assertThat(found).containsExactly(unknown);
  }

  private static RedisStateStore store(FeatureGroup group) {
    return RedisStateStore.of(group, REDIS, Duration.ofDays(90), Metrics.NONE);
  }
}
