package dev.freshet.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestRedis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that nothing due stays behind while the number of ranges goes from 2 to 4 to 1, function by
 * function, in random histories.
 */
@Tag("verify")
class ChangingRangesTest {

  private static final long NOON = Instant.parse("2026-09-21T12:00:00Z").toEpochMilli();
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final int STEPS = 120;
  private static final List<Integer> NUMBERS = List.of(2, 4, 1);

  private static final Redis REDIS = TestRedis.shared();

  @Test
  void whileNothingFailsNoChangeIsLate() {
    IntStream.rangeClosed(1, 60)
        .forEach(
            seed -> assertThat(new Run(seed, false).go()).as("seed %d", seed).isLessThan(SECOND));
  }

  @Test
  void whateverDiesTheWatchdogFindsAllWithinTwoPeriods() {
    IntStream.rangeClosed(61, 160)
        .forEach(
            seed ->
                assertThat(new Run(seed, true).go())
                    .as("seed %d", seed)
                    .isLessThan(2 * MINUTE + SECOND));
  }

  /** Two functions that take events, a recalculation and a watchdog, each of its own number. */
  private static final class Run {

    private final Service service = new Service(REDIS, NOON);
    private final Random random;
    private final boolean dies;
    private final int[] deployed = new int[4];
    private final RecalculationTimer[] functions = new RecalculationTimer[4];
    private long watchMillis = NOON;
    private long killedMillis;

    Run(int seed, boolean dies) {
      REDIS.await(REDIS.pipeline(commands -> commands.flushall()));
      this.random = new Random(seed);
      this.dies = dies;
      IntStream.range(0, 4).forEach(i -> functions[i] = service.function(NUMBERS.get(0)));
    }

    /** Plays the history; returns how long a change waited at most. */
    long go() {
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(12) == 0) {
          deployNext(random.nextInt(4));
        }
        takeEvents(functions[random.nextInt(2)]);
        sleepUntil(service.clock.millis() + random.nextInt(20_000));
      }
      sleepUntil(service.clock.millis() + 10 * MINUTE);
      assertThat(service.due).isEmpty();
      assertThat(service.asleep).isEmpty();
      return service.latestMillis();
    }

    /** Gives a function the next number; the others follow before it gets another one. */
    private void deployNext(int function) {
      boolean isAhead = IntStream.of(deployed).anyMatch(each -> each < deployed[function]);
      if (!isAhead && deployed[function] < NUMBERS.size() - 1) {
        functions[function] = service.function(NUMBERS.get(++deployed[function]));
      }
    }

    private void takeEvents(RecalculationTimer function) {
      String[] entities =
          random.ints(random.nextInt(4), 0, 40).mapToObj(i -> "e" + i).toArray(String[]::new);
      var changes = service.step(service.clock.millis() + random.nextInt(90_000), entities);
      if (!isDead(5)) {
        function.wakeFor(changes);
      }
    }

    /** Lets time pass: executions wake, and the watchdog looks once a minute. */
    private void sleepUntil(long millis) {
      for (Optional<String> next = first(millis); next.isPresent(); next = first(millis)) {
        service.clock.set(Math.max(service.clock.millis(), wakeAt(next.get())));
        lap(next.get());
      }
      service.clock.set(millis);
    }

    private Optional<String> first(long untilMillis) {
      while (watchMillis <= Math.min(untilMillis, earliest())) {
        service.clock.set(Math.max(service.clock.millis(), watchMillis));
        functions[3].watch(service.dueKeys());
        watchMillis += MINUTE;
      }
      return service.asleep.keySet().stream()
          .filter(each -> wakeAt(each) <= untilMillis)
          .min((a, b) -> Long.compare(wakeAt(a), wakeAt(b)));
    }

    private long earliest() {
      return service.asleep.keySet().stream().mapToLong(this::wakeAt).min().orElse(Long.MAX_VALUE);
    }

    private long wakeAt(String execution) {
      return Service.wakeAt(service.asleep.get(execution));
    }

    /** A recalculation may die at any step, and its execution at any lap. */
    private void lap(String execution) {
      if (isKilled(20)) {
        service.asleep.remove(execution);
      } else if (isKilled(20)) {
        service.recalculate(service.asleep.get(execution).range());
        service.asleep.remove(execution);
      } else if (isKilled(10)) {
        // it asks what is next, and dies before it answers
        var unused = functions[2].next(service.asleep.get(execution), service.dueKeys());
        service.asleep.remove(execution);
      } else {
        service.lap(execution, functions[2]);
      }
    }

    /** Returns whether an execution dies; not one after another, as each costs a period. */
    private boolean isKilled(int seldom) {
      boolean isKilled = service.clock.millis() > killedMillis + 3 * MINUTE && isDead(seldom);
      killedMillis = isKilled ? service.clock.millis() : killedMillis;
      return isKilled;
    }

    private boolean isDead(int seldom) {
      return dies && random.nextInt(seldom) == 0;
    }
  }
}
