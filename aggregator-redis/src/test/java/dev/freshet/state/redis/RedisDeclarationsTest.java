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
import dev.freshet.fold.Coverage;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.Archive;
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
class RedisDeclarationsTest {

  private static final Duration TTL = Duration.ofDays(90);

  private Redis redis;
  private String name;

  @BeforeEach
  void connect() {
    redis = TestRedis.connect();
    name = TestGroups.freshName("declared");
  }

  @AfterEach
  void disconnect() {
    redis.close();
  }

  @Test
  void featuresThatCanUseTheStateKeepIt() {
    isComplete(step(windows(minutes(60)), plain("a", NOON)), 1);
    isComplete(step(windows(minutes(5), minutes(60)), plain("b", NOON)), 2, 2);
    isComplete(step(windows(minutes(60), minutes(5)), plain("c", NOON)), 3, 3);
    isComplete(step(windows(minutes(30)), plain("d", NOON)), 4);
  }

  @Test
  void anAggregationOfTheSameLastEventsKeepsThem() {
    isComplete(step(values().over(last(5), count()), value("a", NOON, 1)), 1);
    isComplete(step(values().over(last(5), count(), max()), value("b", NOON, 2)), 2, 2e-6);
    isComplete(step(values().over(last(3), count(), max()), value("c", NOON, 3)), 3, 3e-6);
  }

  @Test
  void aLongerWindowGoesOnWithWhatIsHeld() {
    step(windows(minutes(60)), plain("a", NOON));
    isIncomplete(step(windows(minutes(120)), plain("b", NOON)), 2);
    isComplete(step(windows(minutes(30)), plain("c", NOON)), 3);
  }

  @Test
  void moreLastEventsGoOnWithThoseHeld() {
    step(values().over(last(5), mean()), value("a", NOON, 1_000_000));
    isIncomplete(step(values().over(last(9), mean()), value("b", NOON, 3_000_000)), 2);
  }

  @Test
  void anotherValueIsThatOfEventsFromNowOn() {
    step(values().over(last(5), mean()), value("a", NOON, 1_000_000));
    FeatureGroupBuilder tips = base().value(amount("tip")).over(last(5), mean());
    isIncomplete(step(tips, value("b", NOON, 5_000_000)), 5);
  }

  @Test
  void aRollBackKeepsTheStateToo() {
    step(windows(minutes(60)), plain("a", NOON));
    step(windows(minutes(120)), plain("b", NOON));
    isComplete(step(windows(minutes(60)), plain("c", NOON)), 3);
    isComplete(step(windows(minutes(60)), plain("d", NOON)), 4);
  }

  @Test
  void dueKeysStayDueInTheNewState() {
    step(windows(minutes(1)), plain("a", NOON));
    FeatureGroup longer = windows(minutes(2)).build();
    RedisDueKeys due = new RedisDueKeys(longer, redis);
    assertThat(due.due(NOON + MINUTE, 10)).extracting(each -> each.key()).containsExactly("key");
    RedisStateStore store = RedisStateStore.of(longer, redis, TTL, Metrics.NONE);
    KeyState state = store.apply(List.of(new KeyEvents("key", List.of())), NOON + MINUTE).get(0);
    assertThat(numbers(state)).containsExactly(1);
    due.settle(List.of(new Settled("key", state)));
    assertThat(due.next()).hasValue(NOON + 2 * MINUTE);
  }

  @Test
  void aToolBesideTheFunctionDeclaresNothing() {
    step(windows(minutes(60)), plain("a", NOON));
    RedisStateStore beside =
        RedisStateStore.joining(
            windows(minutes(120)).build(), redis, TTL, Archive.NONE, Metrics.NONE);
    assertThatExceptionOfType(StateStoreException.class)
        .isThrownBy(() -> beside.apply(change("key", plain("b", NOON)), NOON))
        .withMessageContaining("of another declaration");
    isComplete(step(windows(minutes(60)), plain("c", NOON)), 2);
  }

  /** As long as a deployment replaces the functions. */
  @Test
  void functionsOfBothDeclarationsShareTheState() {
    RedisStateStore before = store(windows(minutes(60)));
    RedisStateStore after = store(values().over(last(3), mean()));
    for (int i = 1; i <= 40; i++) {
      boolean isOld = i % 3 == 0;
      Event event = isOld ? plain("e" + i, NOON + i) : value("e" + i, NOON + i, 7_000_000);
      KeyState state = (isOld ? before : after).apply(change("key", event), NOON + i).get(0);
      assertThat(numbers(state)).as("event %d", i).containsExactly(isOld ? i : 7);
    }
  }

  private static void isComplete(KeyState state, double... features) {
    assertThat(numbers(state)).containsExactly(features);
    assertThat(state.completeFromMillis()).isEqualTo(Coverage.ALWAYS);
  }

  private static void isIncomplete(KeyState state, double... features) {
    assertThat(numbers(state)).containsExactly(features);
    assertThat(state.completeFromMillis()).isGreaterThan(NOON);
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
    return store(group).apply(change("key", event), NOON).get(0);
  }
}
