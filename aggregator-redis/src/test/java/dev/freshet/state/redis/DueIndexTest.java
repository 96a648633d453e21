package dev.freshet.state.redis;

import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.plain;
import static dev.freshet.testing.TestEvents.stage;
import static dev.freshet.testing.TestGroups.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys.Settled;
import dev.freshet.state.KeyState;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that the index never has an instant later than an entity's next change. */
@Tag("containers")
@Tag("verify")
class DueIndexTest {

  private static final Redis REDIS = TestRedis.shared();
  private static final String KEY = "key";

  /** The instant at which the first event of {@link #cancel} leaves. */
  private static final long LEAVES = NOON - 10 + MINUTE;

  private final FeatureGroup group = TestGroups.onlyMinuteCount();
  private final RedisDueKeys index = new RedisDueKeys(group, REDIS);
  private final SlowFunction function = new SlowFunction(group, REDIS, KEY);
  private final RedisStateStore store = store(group);

  @Test
  void aStepNamesTheFirstChangeThatItsOwnEventsMake() {
    function.step(KEY, NOON, plain("a", NOON - 5), plain("ahead", NOON + 2 * MINUTE));
    assertThat(index.next()).hasValue(NOON - 5 + MINUTE);
  }

  @Test
  void aLaterChangeDoesNotMoveAnEntryBack() {
    function.step(KEY, NOON, plain("a", NOON - 5));
    function.step(KEY, NOON, plain("ahead", NOON + 2 * MINUTE));
    assertThat(index.next()).hasValue(NOON - 5 + MINUTE);
  }

  @Test
  void anEarlierChangeBringsAnEntryForward() {
    function.step(KEY, NOON, plain("ahead", NOON + 2 * MINUTE));
    function.step(KEY, NOON, plain("a", NOON - 5));
    assertThat(index.next()).hasValue(NOON - 5 + MINUTE);
  }

  @Test
  void aChangeThatAnotherOneCancelledOutIsNamedOnceItIsNot() {
    cancel();
    KeyState state = store.apply(change(KEY, moved()), NOON + 2).get(0);
    assertThat(state.validUntilMillis()).isEqualTo(LEAVES);
    assertThat(index.next()).hasValue(LEAVES);
  }

  /** The first function dies after its step; its batch is delivered again. */
  @Test
  void theSameIfAFunctionDiedBeforeItUpdatedTheIndex() {
    for (RedisStateStore next : List.of(store, store(group))) {
      String key = next == store ? "known" : "unknown";
      cancel(key);
      SlowFunction dying = new SlowFunction(group, REDIS, key);
      assertThat(dying.step(key, NOON + 2, moved()).validUntilMillis()).isEqualTo(LEAVES);
      assertThat(due(key)).as("before the batch comes again").isGreaterThan(LEAVES);
      next.apply(change(key, moved()), NOON + 3);
      assertThat(due(key)).as("then").isEqualTo(LEAVES);
    }
  }

  /** Another function names an earlier change, after the fold and before the update. */
  @Test
  void theFoldMovesNoEntryBack() {
    Event ahead = plain("ahead", NOON + 5 * MINUTE);
    store.apply(change(KEY, plain("a", NOON), ahead), NOON);
    function.step(KEY, NOON, ahead);
    store.apply(change(KEY, plain("b", NOON - 5)), NOON);
    function.updateIndex();
    assertThat(index.next()).hasValue(NOON - 5 + MINUTE);
  }

  /** An item is delivered; its end had cancelled out the start of another order. */
  @Test
  void anItemThatEndsEarlierUncoversTheStartOfAnother() {
    FeatureGroup lifecycle =
        FeatureGroup.named(TestGroups.freshName("undelivered"))
            .dimension(TestGroups.PLACE)
            .over(
                lookBack(Duration.ofHours(3)),
                open("open").since(TestGroups.CREATED).until(TestGroups.DELIVERED))
            .build();
    RedisStateStore items = store(lifecycle);
    RedisDueKeys due = new RedisDueKeys(lifecycle, REDIS);
    long ends = NOON + 3 * HOUR;
    long now = ends - MINUTE;
    items.apply(change(KEY, stage("x", 0, NOON)), NOON);
    KeyState cancelled = items.apply(change(KEY, stage("y", 0, ends)), now).get(0);
    assertThat(cancelled.validUntilMillis()).isEqualTo(ends + 3 * HOUR);
    due.settle(List.of(new Settled(KEY, cancelled)));
    assertThat(due.next()).hasValue(ends + 3 * HOUR);
    assertThat(items.apply(change(KEY, stage("x", 1, now)), now).get(0).validUntilMillis())
        .isEqualTo(ends);
    assertThat(due.next()).hasValue(ends);
  }

  @Test
  void settlingMovesAnEntryToTheNextChangeAndTakesTheLastOneAway() {
    store.apply(change(KEY, plain("a", NOON), plain("b", NOON + 7)), NOON);
    settle(store.apply(change(KEY), NOON + MINUTE).get(0));
    assertThat(index.next()).hasValue(NOON + 7 + MINUTE);
    settle(store.apply(change(KEY), NOON + 7 + MINUTE).get(0));
    assertThat(index.next()).isEmpty();
    boolean isLeft = REDIS.ask(commands -> commands.exists(list())) > 0;
    assertThat(isLeft).as("whether a list that nothing can name any more is left").isFalse();
  }

  @Test
  void anEventAfterTheReadKeepsItsEntry() {
    KeyState published = store.apply(change(KEY, plain("ahead", NOON + 5 * MINUTE)), NOON).get(0);
    store(group).apply(change(KEY, plain("a", NOON)), NOON);
    settle(published);
    assertThat(index.next()).hasValue(NOON + MINUTE);
  }

  @Test
  void anEventThatCameSinceAnEntityWasFoundEmptyIsNotRemoved() {
    store.apply(change(KEY, plain("a", NOON)), NOON);
    KeyState empty = store.apply(change(KEY), NOON + MINUTE).get(0);
    assertThat(empty.isEmpty()).isTrue();
    store(group).apply(change(KEY, plain("b", NOON + MINUTE)), NOON + MINUTE);
    settle(empty);
    assertThat(index.next().orElseThrow()).isLessThanOrEqualTo(NOON + 2 * MINUTE);
    assertThat(numbers(store(group).apply(change(KEY), NOON + MINUTE).get(0))).containsExactly(1);
  }

  /** The list has the same length as the one that was read, but another snapshot. */
  @Test
  void aListThatIsAsLongAgainIsNotTheOneThatWasRead() {
    function.step(KEY, NOON, plain("first", NOON + 5 * MINUTE));
    KeyState published = function.step(KEY, NOON, plain("second", NOON + 6 * MINUTE));
    SlowFunction other = new SlowFunction(group, REDIS, KEY);
    other.step(KEY, NOON, plain("a", NOON));
    assertThat(other.putSnapshot(1)).isTrue();
    other.step(KEY, NOON, plain("b", NOON));
    other.step(KEY, NOON, plain("c", NOON));
    settle(published);
    assertThat(index.next()).hasValue(NOON + MINUTE);
  }

  @Test
  void anEmptyEntityIsRemovedFromTheIndex() {
    store.apply(change(KEY, plain("a", NOON)), NOON);
    REDIS.ask(commands -> commands.del(list()));
    KeyState lost = store.apply(change(KEY), NOON + MINUTE).get(0);
    assertThat(lost.isEmpty()).isTrue();
    settle(lost);
    assertThat(index.next()).isEmpty();
  }

  private void cancel() {
    cancel(KEY);
  }

  /**
   * One event leaves when another enters, so they cancel out; the entity's entry is settled after
   * that instant.
   */
  private void cancel(String key) {
    store.apply(change(key, plain("old", NOON - 10), plain("new", LEAVES)), NOON);
    KeyState state = store.apply(change(key), NOON + 1).get(0);
    assertThat(state.validUntilMillis()).isEqualTo(LEAVES + MINUTE);
    index.settle(List.of(new Settled(key, state)));
    assertThat(due(key)).isEqualTo(LEAVES + MINUTE);
  }

  /** The entering event comes again with a later time, so it no longer enters at that instant. */
  private static Event moved() {
    return plain("new", LEAVES + MINUTE / 2);
  }

  private void settle(KeyState state) {
    index.settle(List.of(new Settled(KEY, state)));
  }

  private long due(String key) {
    return index.due(NOON + HOUR, 1_000).stream()
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow()
        .dueMillis();
  }

  private byte[] list() {
    return Lists.of(group, KEY);
  }

  private static RedisStateStore store(FeatureGroup group) {
    return RedisStateStore.of(group, REDIS, Duration.ofDays(90), Metrics.NONE);
  }
}
