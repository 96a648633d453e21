package dev.freshet.stepfunctions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys;
import dev.freshet.state.PartitionRange;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that a range of a group has one execution, which wakes when the first of its keys changes.
 */
@Tag("verify")
class RangeTimerTest {

  private static final long NOON = Instant.parse("2026-09-21T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  private static final Redis REDIS = TestRedis.shared();

  private final HandClock clock = new HandClock(NOON);
  private final List<String> started = new ArrayList<>();
  private final Set<String> running = new HashSet<>();
  private PartitionRange range = PartitionRange.ALL;
  private RuntimeException failure;
  private OptionalLong pending = OptionalLong.empty();

  @BeforeEach
  void clear() {
    REDIS.await(REDIS.pipeline(commands -> commands.flushall()));
  }

  @Test
  void oneExecutionIsStartedHoweverManyFunctionsAsk() {
    for (int function = 0; function < 20; function++) {
      RangeTimer timer = timer();
      timer.wakeFor(NOON + 5 * MINUTE);
      timer.wakeFor(NOON + 6 * MINUTE);
    }
    assertThat(started).singleElement().asString().contains("\"wakeAt\":\"2026-09-21T12:05:00Z\"");
  }

  @Test
  void wakeUpsAreRoundedUpToTheResolution() {
    timer().wakeFor(NOON + 1);
    assertThat(started).singleElement().asString().contains("\"wakeAt\":\"2026-09-21T12:00:01Z\"");
  }

  @Test
  void anEarlierChangeStartsAnotherExecutionAndTheOldOneEndsWhenItWakes() {
    RangeTimer timer = timer();
    timer.wakeFor(NOON + 60 * MINUTE);
    timer.wakeFor(NOON + MINUTE);
    assertThat(started).hasSize(2);

    pending = OptionalLong.of(NOON + 70 * MINUTE);
    clock.set(NOON + 60 * MINUTE);
    assertThat(timer.next(wakeUp(0), dueKeys()::next).pending()).isFalse();
    assertThat(timer.next(wakeUp(1), dueKeys()::next).pending()).isTrue();
  }

  @Test
  void anOvertakenExecutionDoesNotReleaseTheLeaseOfAnother() {
    RangeTimer timer = timer();
    timer.wakeFor(NOON + 60 * MINUTE);
    timer.wakeFor(NOON + MINUTE);

    assertThat(timer.next(wakeUp(0), dueKeys()::next).pending()).isFalse();
    pending = OptionalLong.of(NOON + MINUTE);
    timer().watch(dueKeys());
    timer().wakeFor(NOON + MINUTE);
    assertThat(started).hasSize(2);
  }

  @Test
  void theSameExecutionGoesOnUntilNothingIsPending() {
    RangeTimer timer = timer();
    timer.wakeFor(NOON + MINUTE);
    clock.set(NOON + MINUTE);
    pending = OptionalLong.of(NOON + 5 * MINUTE + 1);
    WakeUp next = timer.next(wakeUp(0), dueKeys()::next);
    assertThat(next.pending()).isTrue();
    assertThat(next.laps()).isEqualTo(1);
    assertThat(next.wakeAt()).isEqualTo("2026-09-21T12:05:01Z");

    pending = OptionalLong.empty();
    assertThat(timer.next(next, dueKeys()::next).pending()).isFalse();
    timer.wakeFor(NOON + 10 * MINUTE);
    assertThat(started).hasSize(2);
  }

  @Test
  void keysThatAreStillDueCauseAWakeUpAtOnce() {
    RangeTimer timer = timer();
    timer.wakeFor(NOON);
    pending = OptionalLong.of(NOON - MINUTE);
    assertThat(timer.next(wakeUp(0), dueKeys()::next).wakeAt()).isEqualTo("2026-09-21T12:00:00Z");
  }

  @Test
  void aChangeDuringTheReleaseOfTheLeaseIsNotMissed() {
    RangeTimer timer = timer();
    timer.wakeFor(NOON);
    DueKeys late = new Answers(OptionalLong.empty(), OptionalLong.of(NOON + MINUTE));
    WakeUp next = timer.next(wakeUp(0), late::next);
    assertThat(next.pending()).isTrue();
    assertThat(next.wakeAt()).isEqualTo("2026-09-21T12:01:00Z");
  }

  @Test
  void aStartThatFailsHoldsNoLeaseAndFailsNoBatch() {
    failure = new IllegalStateException("throttled");
    timer().wakeFor(NOON + MINUTE);
    assertThat(started).isEmpty();

    failure = null;
    timer().wakeFor(NOON + MINUTE);
    assertThat(started).hasSize(1);
  }

  @Test
  void theLeaseOfADeadExecutionExpires() {
    timer().wakeFor(NOON);
    var timeToLive = REDIS.pipeline(commands -> commands.pttl("recalculation:g".getBytes(UTF_8)));
    REDIS.await(timeToLive);
    long millis = timeToLive.toCompletableFuture().join();
    assertThat(millis).isBetween(1L, MINUTE);
  }

  @Test
  void anEndedExecutionIsReplacedByTheNextEvent() {
    RangeTimer timer = timer();
    timer.wakeFor(NOON + 5 * MINUTE);
    REDIS.await(REDIS.pipeline(commands -> commands.flushall()));
    clock.set(NOON + 2_000);
    timer.wakeFor(NOON + 6 * MINUTE);
    assertThat(started).hasSize(2);
  }

  @Test
  void theWatchdogReplacesAnExecutionThatDiedAsleep() {
    timer().wakeFor(NOON + 5 * MINUTE);
    pending = OptionalLong.of(NOON + 5 * MINUTE);
    timer().watch(dueKeys());
    assertThat(started).as("while it runs").hasSize(1);

    running.clear();
    timer().watch(dueKeys());
    assertThat(started).hasSize(2);
    timer().watch(dueKeys());
    assertThat(started).as("while the next one runs").hasSize(2);
  }

  @Test
  void theWatchdogFollowsAnExecutionThatContinuedAsNew() {
    RangeTimer timer = timer();
    timer.wakeFor(NOON + MINUTE);
    pending = OptionalLong.of(NOON + 5 * MINUTE);
    WakeUp last = wakeUp(0);
    timer.next(
        new WakeUp(last.featureGroup(), range, last.token(), "successor", last.wakeAt(), 0, true),
        dueKeys()::next);
    running.clear();
    running.add("successor");
    timer().watch(dueKeys());
    assertThat(started).hasSize(1);
  }

  @Test
  void theWatchdogStartsAnExecutionThatCouldNotBeStarted() {
    failure = new IllegalStateException("throttled");
    timer().wakeFor(NOON + MINUTE);
    failure = null;
    pending = OptionalLong.of(NOON + MINUTE);
    timer().watch(dueKeys());
    assertThat(started).hasSize(1);
  }

  @Test
  void theWatchdogStartsNothingWhileNothingIsPending() {
    timer().watch(dueKeys());
    assertThat(started).isEmpty();
  }

  @Test
  void theWatchdogLeavesTheLeaseOfAnExecutionItCannotAskAbout() {
    timer().wakeFor(NOON + MINUTE);
    failure = new IllegalStateException("throttled");
    pending = OptionalLong.of(NOON + MINUTE);
    RangeTimer watchdog = timer();
    assertThatIllegalStateException().isThrownBy(() -> watchdog.watch(dueKeys()));

    failure = null;
    watchdog.watch(dueKeys());
    assertThat(started).hasSize(1);
  }

  private RangeTimer timer() {
    return new RangeTimer(
        "g", range, REDIS, new FakeExecutions(), Duration.ofSeconds(1), clock, Metrics.NONE);
  }

  private final class FakeExecutions implements Executions {
    @Override
    public void start(String name, String input) {
      if (failure != null) {
        throw failure;
      }
      assertThat(name).startsWith("g-").hasSizeLessThanOrEqualTo(80);
      assertThat(input).contains("\"featureGroup\":\"g\"", "\"execution\":\"" + name + "\"");
      started.add(input);
      running.add(name);
    }

    @Override
    public boolean isRunning(String name) {
      if (failure != null) {
        throw failure;
      }
      return running.contains(name);
    }
  }

  private WakeUp wakeUp(int execution) {
    String token = started.get(execution).replaceAll(".*\"token\":\"(\\d+)\".*", "$1");
    return new WakeUp(
        "g", range, token, "g-" + token, Instant.ofEpochMilli(NOON).toString(), 0, true);
  }

  private DueKeys dueKeys() {
    return new Answers(pending, pending);
  }

  /** Answers one instant the first time, and another afterwards. */
  private static final class Answers implements DueKeys {
    private OptionalLong now;
    private final OptionalLong then;

    Answers(OptionalLong now, OptionalLong then) {
      this.now = now;
      this.then = then;
    }

    @Override
    public DueKeys in(PartitionRange range) {
      return this;
    }

    @Override
    public List<DueKey> due(long nowMillis, int most) {
      return List.of();
    }

    @Override
    public OptionalLong next() {
      OptionalLong answer = now;
      now = then;
      return answer;
    }

    @Override
    public void settle(List<Settled> published) {}
  }
}
