package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.plain;
import static dev.freshet.testing.TestGroups.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.Archive;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests a step whose list is read by several calls, between which others work. */
@Tag("containers")
@Timeout(60)
@Tag("verify")
class SeveralCallsTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final Redis REDIS = TestRedis.shared();
  private static final Tally APPLIED = new Tally(1, 0, 0, 0);

  private final FeatureGroup group = TestGroups.onlyMinuteCount();
  private final StateKeys keys = new StateKeys(group.name());
  private final List<KeyState> states = new ArrayList<>();

  @BeforeAll
  static void loadScripts() {
    ScriptCall.loadScripts(REDIS);
  }

  /** The list is lost between the two calls of its step. */
  @Test
  void aFunctionCountsItsOwnRecordWhateverItReads() {
    List<String> four = LargeEntities.ofOnePartition(keys, 4);
    four.subList(0, 3)
        .forEach(key -> store().apply(change(key, LargeEntities.events(key, 350)), NOON));
    List<EntityStep> steps = steps(four);
    List<EntityStep> unread = deliver(steps);
    assertThat(unread).containsExactly(steps.get(3));
    byte[] unreadList = Lists.of(group, four.get(3));
    assertThat(REDIS.<Long>ask(commands -> commands.pttl(unreadList)))
        .as("also if no other call follows")
        .isPositive();
    REDIS.ask(commands -> commands.del(unreadList));
    assertThat(deliver(unread)).isEmpty();
    assertThat(numbers(states.get(3))).containsExactly(1);
    assertThat(states.get(3).tally()).isEqualTo(APPLIED);
  }

  @Test
  void recordsAppendedAfterALargeListWasReadCountToo() {
    EntityStep step = largeStep();
    readLarge(step);
    KeyState other = store().apply(change("key", plain("other", NOON)), NOON).get(0);
    assertThat(deliver(List.of(step))).isEmpty();
    assertThat(numbers(states.get(0))).containsExactly(1_000 + 2);
    assertThat(states.get(0).tally()).isEqualTo(APPLIED);
    assertThat(states.get(0).version()).as("includes the other one").isGreaterThan(other.version());
  }

  @Test
  void aLargeListThatIsLostAfterItWasReadIsNotUsed() {
    EntityStep step = largeStep();
    readLarge(step);
    REDIS.ask(commands -> commands.del(Lists.of(group, "key")));
    List<EntityStep> unread = deliver(List.of(step));
    assertThat(unread.isEmpty() || deliver(unread).isEmpty()).isTrue();
    assertThat(numbers(states.get(0))).as("its own record").containsExactly(1);
    assertThat(states.get(0).tally()).isEqualTo(APPLIED);
  }

  @Test
  void aLargeListThatIsLostBeforeItIsReadIsEmpty() {
    EntityStep step = largeStep();
    REDIS.ask(commands -> commands.del(Lists.of(group, "key")));
    readLarge(step);
    assertThat(deliver(List.of(step))).isEmpty();
    assertThat(numbers(states.get(0))).as("its own record").containsExactly(1);
  }

  /** The whole list is read, and so its time to live must be renewed. */
  @Test
  void readingALargeListRenewsItsTimeToLive() {
    byte[] list = Lists.of(group, "key");
    store().apply(change("key", LargeEntities.events("key", 1_000)), NOON);
    REDIS.ask(commands -> commands.pexpire(list, 60_000));
    store().apply(change("key", plain("own", NOON)), NOON);
    assertThat(REDIS.<Long>ask(commands -> commands.pttl(list))).isGreaterThan(3_600_000);
  }

  private EntityStep largeStep() {
    store().apply(change("key", LargeEntities.events("key", 1_000)), NOON);
    EntityStep step = steps(List.of("key")).get(0);
    assertThat(deliver(List.of(step))).containsExactly(step);
    assertThat(step.isLarge()).isTrue();
    return step;
  }

  private void readLarge(EntityStep step) {
    step.readLarge(REDIS.ask(commands -> commands.lrange(step.list(), 0, -1)), NOON);
  }

  private KnownDeclarations declarations() {
    KnownDeclarations declarations = new KnownDeclarations(group, keys, REDIS, Archive.NONE, true);
    declarations.declare(0);
    return declarations;
  }

  private List<EntityStep> steps(List<String> entities) {
    RecordCodec codec = new RecordCodec(group, declarations());
    StateSnapshots snapshots = new StateSnapshots(group, declarations(), TTL);
    return IntStream.range(0, entities.size())
        .mapToObj(
            i -> {
              KeyEvents change = new KeyEvents(entities.get(i), List.of(plain("e", NOON)));
              CachedEntity unknown = new CachedEntity(snapshots, entities.get(i));
              int partition = keys.partition(entities.get(i));
              return new EntityStep(group, codec, i, partition, change, unknown, TTL, NOON);
            })
        .toList();
  }

  private List<EntityStep> deliver(List<EntityStep> steps) {
    StepCall call = new StepCall(keys, declarations(), group, TTL.toMillis(), NOON);
    call.add(steps.get(0).partition(), steps);
    REDIS.pipeline(
        commands -> {
          call.send(commands);
          return null;
        });
    assertThat(REDIS.await(call.reply())).isTrue();
    return call.deliver((index, state) -> states.add(state), new ArrayList<>());
  }

  private RedisStateStore store() {
    return RedisStateStore.of(group, REDIS, TTL, Metrics.NONE);
  }
}
