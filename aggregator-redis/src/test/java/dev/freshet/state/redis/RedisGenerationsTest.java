package dev.freshet.state.redis;

import static dev.freshet.definition.Aggregate.events;
import static dev.freshet.definition.LastEvents.lastEvents;
import static dev.freshet.definition.TimeWindow.minutes;
import static dev.freshet.definition.Value.amount;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.transformation.Transformations.count;
import static dev.freshet.transformation.Transformations.max;
import static dev.freshet.transformation.Transformations.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.definition.TimeWindow;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys.Settled;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStoreException;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests a group whose declaration changes while it has state: no wrong value and no error. */
@Tag("verify")
class RedisGenerationsTest {

  private static final Duration TTL = Duration.ofDays(90);

  private Redis redis;
  private String name;

  @BeforeEach
  void connect() {
    redis = TestRedis.connect();
    name = TestGroups.freshName("declared_anew");
  }

  @AfterEach
  void disconnect() {
    redis.close();
  }

  @Test
  void featuresThatCanUseTheStateKeepIt() {
    assertThat(step(windows(minutes(60)), value("a", NOON, 1)).features()).containsExactly(1);
    assertThat(step(windows(minutes(5), minutes(60)), value("b", NOON, 1)).features())
        .as("a shorter window was added")
        .containsExactly(2, 2);
    assertThat(step(windows(minutes(60), minutes(5)), value("c", NOON, 1)).features())
        .as("windows in another order")
        .containsExactly(3, 3);
    assertThat(step(values().over(lastEvents(5), count()), value("d", NOON, 1)).features())
        .containsExactly(1);
    assertThat(step(values().over(lastEvents(5), count(), max()), value("e", NOON, 2)).features())
        .as("a transformation was added")
        .containsExactly(2, 2e-6);
  }

  @Test
  void aLongerWindowAndAShorterOneStartAnew() {
    step(windows(minutes(60)), value("a", NOON, 1));
    assertThat(step(windows(minutes(120)), value("b", NOON, 1)).features()).containsExactly(1);
    assertThat(step(windows(minutes(30)), value("c", NOON, 1)).features()).containsExactly(1);
  }

  @Test
  void anotherValueAndAnotherNumberOfEventsStartAnew() {
    step(values().over(lastEvents(5), mean()), value("a", NOON, 1_000_000));
    assertThat(step(values().over(lastEvents(9), mean()), value("b", NOON, 3_000_000)).features())
        .containsExactly(3);
    FeatureGroupBuilder tips = base().value(amount("tip")).over(lastEvents(9), mean());
    assertThat(step(tips, value("c", NOON, 5_000_000)).features()).containsExactly(5);
  }

  @Test
  void aRollBackStartsAnewToo() {
    step(windows(minutes(60)), value("a", NOON, 1));
    step(windows(minutes(120)), value("b", NOON, 1));
    KeyState rolledBack = step(windows(minutes(60)), value("c", NOON, 1));
    assertThat(rolledBack.features()).containsExactly(1);
    assertThat(step(windows(minutes(60)), value("d", NOON, 1)).features()).containsExactly(2);
  }

  @Test
  void eachStartIsCounted() {
    CountedStarts starts = new CountedStarts();
    step(windows(minutes(60)), starts, value("a", NOON, 1));
    assertThat(starts.count()).isZero();
    step(windows(minutes(120)), starts, value("b", NOON, 1));
    step(windows(minutes(120)), starts, value("c", NOON, 1));
    assertThat(starts.count()).isEqualTo(1);
  }

  @Test
  void dueKeysStayDueInTheNewState() {
    step(windows(minutes(1)), value("a", NOON, 1));
    FeatureGroup longer = windows(minutes(2)).build();
    RedisDueKeys due = new RedisDueKeys(longer, redis);
    assertThat(due.due(NOON + MINUTE, 10)).extracting(each -> each.key()).containsExactly("key");
    RedisStateStore store = RedisStateStore.of(longer, redis, TTL, Metrics.NONE);
    KeyState state = store.apply(List.of(new KeyEvents("key", List.of())), NOON + MINUTE).get(0);
    assertThat(state.features()).as("published instead of what was").containsExactly(0);
    due.settle(List.of(new Settled("key", state)));
    assertThat(due.next()).isEmpty();
  }

  @Test
  void aToolBesideTheFunctionStartsNothingAnew() {
    step(windows(minutes(60)), value("a", NOON, 1));
    RedisStateStore beside =
        RedisStateStore.joining(windows(minutes(120)).build(), redis, TTL, Metrics.NONE);
    assertThatExceptionOfType(StateStoreException.class)
        .isThrownBy(() -> beside.apply(change("key", value("b", NOON, 1)), NOON))
        .withMessageContaining("of another declaration");
    assertThat(step(windows(minutes(60)), value("c", NOON, 1)).features()).containsExactly(2);
  }

  @Test
  void functionsOfBothDeclarationsDoNotMix() {
    RedisStateStore before = store(windows(minutes(60)));
    RedisStateStore after = store(values().over(lastEvents(3), mean()));
    for (int i = 1; i <= 40; i++) {
      RedisStateStore either = i % 3 == 0 ? before : after;
      double[] features =
          either
              .apply(change("key", value("e" + i, NOON + i, 7_000_000)), NOON + i)
              .get(0)
              .features();
      assertThat(features[0]).isIn(1.0, 2.0, 7.0);
    }
  }

  private FeatureGroupBuilder windows(TimeWindow... windows) {
    FeatureGroupBuilder group = base();
    for (TimeWindow window : windows) {
      group.over(window, events("created"));
    }
    return group;
  }

  private FeatureGroupBuilder values() {
    return base().value(amount("totalAmount"));
  }

  private FeatureGroupBuilder base() {
    return FeatureGroup.named(name).dimension(TestGroups.WORKER).reads(TestGroups.ITEM_DELIVERED);
  }

  private RedisStateStore store(FeatureGroupBuilder group) {
    return RedisStateStore.of(group.build(), redis, TTL, Metrics.NONE);
  }

  private KeyState step(FeatureGroupBuilder group, dev.freshet.event.Event event) {
    return step(group, Metrics.NONE, event);
  }

  private KeyState step(FeatureGroupBuilder group, Metrics metrics, dev.freshet.event.Event event) {
    return RedisStateStore.of(group.build(), redis, TTL, metrics)
        .apply(change("key", event), NOON)
        .get(0);
  }
}
