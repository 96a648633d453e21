package dev.freshet.state.dynamodb;

import static dev.freshet.state.dynamodb.HistoryPlatform.TTL;
import static dev.freshet.testing.TestEvents.DAY;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.SECOND;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.engine.Recalculator;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.Archive;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that an entity which Redis forgot comes back exactly, and that no other is forgotten. */
@Tag("containers")
@Tag("verify")
@Timeout(60)
class SleepAndWakeTest {

  private static final Redis REDIS = TestRedis.shared();
  private static final String KEY = "key";

  private final HistoryPlatform platform =
      new HistoryPlatform(HistoryGroups.parcels(), REDIS, NOON);

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void anEntityAsleepExpiresAndComesBackWithItsNextEvent() {
    RedisStateStore function = platform.function();
    platform.add(function, KEY, value("a", NOON, 3_000_000));
    platform.archiveAll();
    assertThat(platform.isInRedis(KEY)).isFalse();
    platform.clock.set(NOON + 3 * DAY);
    platform.add(function, KEY, value("b", NOON + 3 * DAY, 4_000_000));
    assertThat(platform.isInRedis(KEY)).isTrue();
    platform.archiveAll();
    assertThat(platform.isInRedis(KEY)).isFalse();
    platform.clock.set(NOON + 31 * DAY + 12 * HOUR + 1);
    platform.requireExact(KEY);
  }

  @Test
  void anEntityThatIsArchivedStaysForTheTimeThatIsSet() {
    platform.awakeFor(Duration.ofHours(24));
    platform.add(platform.function(), KEY, value("a", NOON, 3_000_000));
    platform.archiveAll();
    assertThat(platform.ttlMillis(KEY)).isBetween(23 * HOUR, 24 * HOUR);
    platform.add(platform.function(), KEY, value("b", NOON + 1, 3_000_000));
    assertThat(platform.ttlMillis(KEY)).as("not archived").isGreaterThan(89 * DAY);
    platform.requireExact(KEY);
    platform.archiveAll();
    platform.requireExact(KEY);
    assertThat(platform.ttlMillis(KEY)).as("read, not changed").isBetween(23 * HOUR, 24 * HOUR);
  }

  @Test
  void anEntityThatIsNotArchivedDoesNotExpire() {
    RedisStateStore function = platform.function();
    for (int i = 0; i < 40; i++) { // across a snapshot
      platform.add(function, KEY, value("e" + i, NOON + i, 1_000_000));
      assertThat(platform.ttlMillis(KEY)).isGreaterThan(TTL.toMillis() - MINUTE);
    }
    platform.clock.set(NOON + 8 * MINUTE);
    platform.recalculator().recalculate(() -> false);
    assertThat(platform.writes()).as("written before it is due").isZero();
    assertThat(platform.ttlMillis(KEY)).isGreaterThan(TTL.toMillis() - MINUTE);
    platform.clock.set(NOON + 9 * MINUTE);
    platform.recalculator().recalculate(() -> false);
    assertThat(platform.writes()).isEqualTo(1);
    assertThat(platform.isInRedis(KEY)).isFalse();
  }

  /** Between the read and the settlement, an event arrives that the archive does not have. */
  @Test
  void anEntityThatChangesWhileItIsArchivedStaysAwake() {
    RedisStateStore function = platform.function();
    platform.add(function, KEY, value("a", NOON, 3_000_000));
    long due = NOON + 10 * MINUTE;
    platform.clock.set(due);
    platform
        .recalculator(
            REDIS,
            archive ->
                new Interrupted(archive)
                    .beforeWrite(() -> platform.add(function, KEY, value("b", due, 4_000_000))))
        .recalculate(() -> false);
    assertThat(platform.ttlMillis(KEY)).isGreaterThan(TTL.toMillis() - MINUTE);
    platform.clock.set(due + 9 * MINUTE);
    platform.recalculator().recalculate(() -> false);
    assertThat(platform.isInRedis(KEY)).isFalse();
    platform.requireExact(KEY);
  }

  /** A slow recalculation writes after another one, which knew more. */
  @Test
  void aWriteThatComesLateChangesNothing() {
    RedisStateStore function = platform.function();
    platform.add(function, KEY, value("a", NOON, 3_000_000));
    platform.clock.set(NOON + 10 * MINUTE);
    platform
        .recalculator(
            REDIS,
            archive ->
                new Interrupted(archive)
                    .beforeWrite(
                        () -> {
                          long later = platform.clock.millis();
                          platform.add(function, KEY, value("b", later, 4_000_000));
                          platform.clock.set(later + 10 * MINUTE);
                          platform.recalculator().recalculate(() -> false);
                        }))
        .recalculate(() -> false);
    platform.sleep(KEY);
    platform.requireExact(KEY);
  }

  @Test
  void anEntityThatWakesInTwoFunctionsAtOnceHasAllEvents() {
    platform.awakeFor(Duration.ofHours(1));
    platform.add(platform.function(), KEY, value("a", NOON, 3_000_000));
    platform.archiveAll();
    platform.sleep(KEY);
    long later = platform.clock.millis();
    RedisStateStore other = platform.function();
    RedisStateStore slow =
        platform.function(
            archive ->
                new Interrupted(archive)
                    .beforeRead(
                        () -> {
                          // the slow function has appended "b"
                          platform.expected.add(KEY, value("b", later, 1_000_000));
                          platform.add(other, KEY, value("c", later, 2_000_000));
                        }));
    slow.apply(change(KEY, value("b", later, 1_000_000)), later);
    for (RedisStateStore each : List.of(slow, other, platform.function())) {
      platform.add(each, KEY, value("d" + each.hashCode(), later, 5_000_000));
    }
    platform.archiveAll();
    platform.sleep(KEY);
    platform.requireExact(KEY);
  }

  /** Both functions read the new list before one of them puts the first snapshot. */
  @Test
  void aFirstSnapshotIsPutByOneOfTwoFunctions() throws Exception {
    CountDownLatch secondHasRead = new CountDownLatch(1);
    CountDownLatch firstIsDone = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Redis connection = TestRedis.connect()) {
      RedisStateStore second =
          platform.function(
              connection,
              archive ->
                  new Interrupted(archive)
                      .beforeRead(
                          () -> {
                            secondHasRead.countDown();
                            await(firstIsDone);
                          }));
      AtomicReference<Future<?>> running = new AtomicReference<>();
      RedisStateStore first =
          platform.function(
              archive ->
                  new Interrupted(archive)
                      .beforeRead(
                          () -> {
                            running.set(
                                thread.submit(
                                    () ->
                                        second.apply(
                                            change(KEY, value("b", NOON, 4_000_000)), NOON)));
                            await(secondHasRead);
                          }));
      first.apply(change(KEY, value("a", NOON, 3_000_000)), NOON);
      firstIsDone.countDown();
      running.get().get(20, SECONDS);
      platform.expected.add(KEY, value("a", NOON, 3_000_000));
      platform.expected.add(KEY, value("b", NOON, 4_000_000));
      platform.add(first, KEY, value("c", NOON, 5_000_000));
      platform.add(second, KEY, value("d", NOON, 6_000_000));
    } finally {
      thread.shutdownNow();
    }
    platform.requireExact(KEY);
    platform.archiveAll();
    platform.requireExact(KEY);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The list expires while a function reads the archive; the next event makes a new one. */
  @Test
  void aListThatVanishesWhileItsEntityWakesLosesNothingThatIsArchived() {
    platform.add(platform.function(), KEY, value("a", NOON, 3_000_000));
    platform.archiveAll();
    RedisStateStore slow =
        platform.function(archive -> new Interrupted(archive).beforeRead(platform::archiveAll));
    platform.add(slow, KEY, value("b", platform.clock.millis(), 4_000_000));
    platform.add(slow, KEY, value("c", platform.clock.millis(), 4_000_000));
    platform.archiveAll();
    platform.requireExact(KEY);
  }

  @Test
  void aRecalculationOfAnEntityAsleepPublishesAndMakesNoList() {
    platform.add(platform.function(), KEY, value("a", NOON, 3_000_000));
    platform.archiveAll();
    platform.results.drain();
    int writes = platform.writes();
    long leaves = Math.floorDiv(NOON, DAY) * DAY + 31 * DAY;
    assertThat(platform.dueKeys().next()).hasValue(leaves);
    platform.clock.set(leaves);
    platform.recalculator().recalculate(() -> false);
    assertThat(platform.results.texts())
        .singleElement()
        .asString()
        .contains("\"count_lifetime\":1,", "\"count_30d\":0,", "\"archived\":true");
    assertThat(platform.isInRedis(KEY)).isFalse();
    assertThat(platform.dueKeys().next()).isEmpty();
    assertThat(platform.writes()).as("the item has the new features").isEqualTo(writes + 1);
    platform.requireExact(KEY);
  }

  @Test
  void aRecalculationOfAnEntityAwakeIsArchivedLater() {
    platform.awakeFor(Duration.ofHours(24));
    platform.add(platform.function(), KEY, value("a", NOON, 3_000_000));
    platform.archiveAll();
    int writes = platform.writes();
    long leaves = Math.floorDiv(NOON, DAY) * DAY + 31 * DAY;
    platform.clock.set(leaves);
    platform.recalculator().recalculate(() -> false);
    assertThat(platform.dueKeys().next()).hasValue(leaves + 9 * MINUTE);
    platform.archiveAll();
    assertThat(platform.writes()).isEqualTo(writes + 1);
    assertThat(platform.archive().read(List.of(KEY)).get(KEY).result().validUntil()).isEmpty();
  }

  @Test
  void manyEntitiesWakeInOneCall() {
    List<String> names = IntStream.range(0, 100).mapToObj(i -> "e" + i).toList();
    List<KeyEvents> batch =
        names.stream()
            .map(name -> new KeyEvents(name, List.of(value("a" + name, NOON, 1_000_000))))
            .toList();
    RedisStateStore function = platform.function();
    function.apply(batch, NOON);
    names.forEach(name -> platform.expected.add(name, value("a" + name, NOON, 1_000_000)));
    platform.archiveAll();
    platform.http.heal();
    function.apply(names.stream().map(name -> new KeyEvents(name, List.of())).toList(), NOON);
    assertThat(platform.http.requests()).isEqualTo(1);
    names.forEach(platform::requireExact);
  }

  /** Most entities of a new group are new: they are asked for once. */
  @Test
  void anEntityThatIsAwakeIsNotLookedUp() {
    RedisStateStore function = platform.function();
    platform.add(function, KEY, value("a", NOON, 1_000_000));
    RedisStateStore started = platform.function();
    started.apply(List.of(), NOON); // declares its group
    platform.http.heal();
    platform.add(function, KEY, value("b", NOON, 1_000_000));
    platform.add(started, KEY, value("c", NOON, 1_000_000));
    assertThat(platform.http.requests()).as("calls of DynamoDB").isLessThanOrEqualTo(1);
  }

  /** Events come between each read and its settlement. */
  @Test
  void aBusyEntityIsWrittenOnceInNineMinutes() {
    RedisStateStore function = platform.function();
    Recalculator recalculator =
        platform.recalculator(
            REDIS,
            archive ->
                new Interrupted(archive).beforeEachWrite(() -> addTwenty(function, "meanwhile")));
    for (int step = 0; step < 400; step++) {
      platform.clock.set(NOON + 5L * step * SECOND);
      addTwenty(function, "");
      recalculator.recalculate(() -> false);
    }
    assertThat(platform.writes()).isEqualTo(3);
    platform.archiveAll();
    platform.requireExact(KEY);
  }

  /** A write for ten events, of an entity with one event a minute. */
  @Test
  void aQuietEntityIsWrittenOnceInNineMinutes() {
    RedisStateStore function = platform.function();
    Recalculator recalculator = platform.recalculator();
    for (int minute = 0; minute < 100; minute++) {
      platform.clock.set(NOON + minute * MINUTE);
      platform.add(function, KEY, value("m" + minute, platform.clock.millis(), 1_000_000));
      recalculator.recalculate(() -> false);
    }
    assertThat(platform.writes()).isBetween(10, 11);
  }

  private void addTwenty(RedisStateStore function, String name) {
    long now = platform.clock.millis();
    Event[] events =
        IntStream.range(0, 20)
            .mapToObj(i -> value(name + now + "/" + i, now + i, 1_000_000))
            .toArray(Event[]::new);
    List.of(events).forEach(each -> platform.expected.add(KEY, each));
    function.apply(change(KEY, events), now);
  }

  @Test
  void aStoreOfAGroupWithHistoryNeedsAnArchive() {
    assertThatThrownBy(() -> RedisStateStore.of(platform.group, REDIS, TTL, Metrics.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(platform.group + " has history: its state store needs an archive");
    assertThat(Archive.NONE.read(List.of(KEY))).isEmpty();
  }
}
