package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.oracle.DeclaredHistory;
import dev.freshet.oracle.RandomDeclaration;
import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that a group whose declaration changes over live state never publishes a wrong value in
 * silence: results are those of the whole history, or say since when they are complete.
 *
 * <p>{@code -Dfreshet.seed=N} runs one group alone, {@code -Dfreshet.declarations=N} runs N.
 */
@Tag("verify")
class DeclarationChangesTest {

  private static final long START = Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();

  /** Long histories lead to snapshots. */
  private static final int LONG_SHARE = 12;

  private static final Redis REDIS = TestRedis.shared();

  @Test
  void randomChangesNeverGiveAWrongValueInSilence() throws IOException {
    Long seed = Long.getLong("freshet.seed");
    if (seed == null) {
      run(1, Integer.getInteger("freshet.declarations", 150));
    } else {
      run(seed, 1);
    }
  }

  /** Runs other changes each night. */
  @Test
  @Tag("nightly")
  void tenThousandMoreGroups() throws IOException {
    run(LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000_000, 10_000);
  }

  private static void run(long first, int groups) throws IOException {
    long start = System.nanoTime();
    long complete = 0;
    long incomplete = 0;
    for (long seed = first; seed < first + groups; seed++) {
      REDIS.await(REDIS.pipeline(commands -> commands.flushall()));
      RandomDeclaration declared = new RandomDeclaration(seed);
      Random random = new Random(seed);
      int items = random.nextInt(LONG_SHARE) == 0 ? 200 : 5 + random.nextInt(35);
      List<Incoming> arrivals =
          new DeclaredHistory(declared, seed, START)
              .arrivals(items).stream().map(Incoming::of).toList();
      ChangingRun run =
          new ChangingRun(seed, declared, REDIS, START - Duration.ofHours(1).toMillis());
      run.play(arrivals);
      complete += run.complete();
      incomplete += run.incomplete();
    }
    System.out.printf(
        "%,d groups, seeds %d to %d: %,d complete results compared, %,d said they are not,"
            + " in %d ms%n",
        groups,
        first,
        first + groups - 1,
        complete,
        incomplete,
        Duration.ofNanos(System.nanoTime() - start).toMillis());
    assertThat(complete).isGreaterThan(10L * groups);
  }
}
