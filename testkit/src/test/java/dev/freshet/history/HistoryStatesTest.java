package dev.freshet.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.fold.Coverage;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.DeclaredHistory;
import dev.freshet.oracle.RandomDeclaration;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that states with windows of history equal the oracle to the last bit, whatever the order,
 * the batches, the snapshots and the tiles, and wherever a backfill joins the live stream.
 *
 * <p>{@code -Dfreshet.seed=N} runs one declaration alone, {@code -Dfreshet.declarations=N} runs N.
 */
class HistoryStatesTest {

  private static final long START = Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();

  /** The farthest that an event is dated ahead of the clock. */
  private static final long AHEAD = Duration.ofHours(1).toMillis();

  @Test
  void statesOfAnyMixOfWindowsEqualTheOracle() {
    forEachSeed(1, 60, HistoryStatesTest::mix);
  }

  @Test
  void historyJoinedAtASeamEqualsTheOracleOverAll() {
    forEachSeed(1, 60, HistoryStatesTest::seam);
  }

  @Test
  @Tag("nightly")
  void andTenThousandMoreOfEach() {
    long first = LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000_000;
    forEachSeed(first, 10_000, HistoryStatesTest::mix);
    forEachSeed(first, 10_000, HistoryStatesTest::seam);
  }

  private interface OneRun {
    /** Returns how many states were compared. */
    int play(long seed);
  }

  private static void forEachSeed(long first, int usual, OneRun run) {
    Long only = Long.getLong("freshet.seed");
    int runs = only == null ? Integer.getInteger("freshet.declarations", usual) : 1;
    long checked = 0;
    for (int i = 0; i < runs; i++) {
      checked += run.play(only == null ? first + i : only);
    }
    assertThat(checked).isGreaterThan(20L * runs);
  }

  private static int mix(long seed) {
    RandomDeclaration declared = RandomDeclaration.withHistory(seed, false);
    HistoryRun run = new HistoryRun(declared, seed, Coverage.COMPLETE);
    run.live(new DeclaredHistory(declared, seed, START).arrivals(items(seed)));
    run.end();
    return run.checked();
  }

  /**
   * A group is deployed in the middle of a history. What arrived before is known from files, with
   * all that is dated at or before the seam, which lies so late that nothing can be dated after it
   * and have arrived before the deployment.
   */
  private static int seam(long seed) {
    Random random = new Random(seed);
    RandomDeclaration declared = RandomDeclaration.withHistory(seed, true);
    List<Arrival> arrivals = new DeclaredHistory(declared, seed, START).arrivals(items(seed));
    int deployed = random.nextInt(arrivals.size());
    long seam = arrivals.get(deployed).atMillis() + AHEAD;
    Coverage coverage =
        new Coverage(
            Coverage.ALWAYS, Coverage.ALWAYS, seam + Duration.ofDays(900).toMillis(), seam);
    HistoryRun run = new HistoryRun(declared, seed, coverage);
    run.count(arrivals.subList(0, deployed));
    int passed = deployed;
    while (passed < arrivals.size() && arrivals.get(passed).atMillis() < seam) {
      passed++;
    }
    int filled = passed + random.nextInt(arrivals.size() - passed + 1);
    int marked = filled + random.nextInt(arrivals.size() - filled + 1);
    run.live(arrivals.subList(deployed, filled));
    run.backfill(arrivals, seam);
    run.live(arrivals.subList(filled, marked));
    if (random.nextBoolean()) {
      run.backfill(arrivals, seam);
    }
    run.markComplete();
    run.live(arrivals.subList(marked, arrivals.size()));
    run.end();
    return run.checked();
  }

  private static int items(long seed) {
    Random sizes = new Random(seed);
    return sizes.nextInt(8) == 0 ? 40 + sizes.nextInt(40) : 3 + sizes.nextInt(15);
  }
}
