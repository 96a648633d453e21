package dev.freshet.state.redis;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.amount;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.plain;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.definition.TimeWindow;
import dev.freshet.event.Event;
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
    assertThat(numbers(step(windows(minutes(60)), plain("a", NOON)))).containsExactly(1);
    assertThat(numbers(step(windows(minutes(5), minutes(60)), plain("b", NOON))))
        .as("a shorter window was added")
        .containsExactly(2, 2);
    assertThat(numbers(step(windows(minutes(60), minutes(5)), plain("c", NOON))))
        .as("windows in another order")
        .containsExactly(3, 3);
    assertThat(numbers(step(values().over(last(5), count()), value("d", NOON, 1))))
        .containsExactly(1);
    assertThat(numbers(step(values().over(last(5), count(), max()), value("e", NOON, 2))))
        .as("an aggregation was added")
        .containsExactly(2, 2e-6);
  }

  @Test
  void aLongerWindowAndAShorterOneStartAnew() {
    step(windows(minutes(60)), plain("a", NOON));
    assertThat(numbers(step(windows(minutes(120)), plain("b", NOON)))).containsExactly(1);
    assertThat(numbers(step(windows(minutes(30)), plain("c", NOON)))).containsExactly(1);
  }

  @Test
  void anotherValueAndAnotherNumberOfEventsStartAnew() {
    step(values().over(last(5), mean()), value("a", NOON, 1_000_000));
    assertThat(numbers(step(values().over(last(9), mean()), value("b", NOON, 3_000_000))))
        .containsExactly(3);
    FeatureGroupBuilder tips = base().value(amount("tip")).over(last(9), mean());
    assertThat(numbers(step(tips, value("c", NOON, 5_000_000)))).containsExactly(5);
  }

  @Test
  void aRollBackStartsAnewToo() {
    step(windows(minutes(60)), plain("a", NOON));
    step(windows(minutes(120)), plain("b", NOON));
    KeyState rolledBack = step(windows(minutes(60)), plain("c", NOON));
    assertThat(numbers(rolledBack)).containsExactly(1);
    assertThat(numbers(step(windows(minutes(60)), plain("d", NOON)))).containsExactly(2);
  }

  @Test
  void eachStartIsCounted() {
    CountedStarts starts = new CountedStarts();
    step(windows(minutes(60)), starts, plain("a", NOON));
    assertThat(starts.count()).isZero();
    step(windows(minutes(120)), starts, plain("b", NOON));
    step(windows(minutes(120)), starts, plain("c", NOON));
    assertThat(starts.count()).isEqualTo(1);
  }

  @Test
  void dueKeysStayDueInTheNewState() {
    step(windows(minutes(1)), plain("a", NOON));
    FeatureGroup longer = windows(minutes(2)).build();
    RedisDueKeys due = new RedisDueKeys(longer, redis);
    assertThat(due.due(NOON + MINUTE, 10)).extracting(each -> each.key()).containsExactly("key");
    RedisStateStore store = RedisStateStore.of(longer, redis, TTL, Metrics.NONE);
    KeyState state = store.apply(List.of(new KeyEvents("key", List.of())), NOON + MINUTE).get(0);
    assertThat(numbers(state)).as("published instead of what was").containsExactly(0);
    due.settle(List.of(new Settled("key", state)));
    assertThat(due.next()).isEmpty();
  }

  @Test
  void aToolBesideTheFunctionStartsNothingAnew() {
    step(windows(minutes(60)), plain("a", NOON));
    RedisStateStore beside =
        RedisStateStore.joining(windows(minutes(120)).build(), redis, TTL, Metrics.NONE);
    assertThatExceptionOfType(StateStoreException.class)
        .isThrownBy(() -> beside.apply(change("key", plain("b", NOON)), NOON))
        .withMessageContaining("of another declaration");
    assertThat(numbers(step(windows(minutes(60)), plain("c", NOON)))).containsExactly(2);
  }

  @Test
  void functionsOfBothDeclarationsDoNotMix() {
    RedisStateStore before = store(windows(minutes(60)));
    RedisStateStore after = store(values().over(last(3), mean()));
    for (int i = 1; i <= 40; i++) {
      RedisStateStore either = i % 3 == 0 ? before : after;
      Event event = i % 3 == 0 ? plain("e" + i, NOON + i) : value("e" + i, NOON + i, 7_000_000);
      double[] features = numbers(either.apply(change("key", event), NOON + i).get(0));
      assertThat(features[0]).isIn(1.0, 2.0, 7.0);
    }
  }

  private FeatureGroupBuilder windows(TimeWindow... windows) {
    FeatureGroupBuilder group = base();
    for (TimeWindow window : windows) {
      group.over(window, count("created"));
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

  private KeyState step(FeatureGroupBuilder group, Event event) {
    return step(group, Metrics.NONE, event);
  }

  private KeyState step(FeatureGroupBuilder group, Metrics metrics, Event event) {
    return RedisStateStore.of(group.build(), redis, TTL, metrics)
        .apply(change("key", event), NOON)
        .get(0);
  }
}
