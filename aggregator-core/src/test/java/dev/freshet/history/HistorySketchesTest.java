package dev.freshet.history;

import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.testing.TestEvents.DAY;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.dynatrace.hash4j.distinctcount.HyperLogLog;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.input.Input;
import dev.freshet.testing.TestGroups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests that estimates depend on the set of events only, and how good they are. */
class HistorySketchesTest {

  private static final Input KIND = Input.text("kind");
  private static final Input X = Input.decimal("x");

  private static final FeatureGroup GROUP =
      FeatureGroup.named("sketches")
          .dimension(TestGroups.AREA)
          .reads(TestGroups.ITEM_CREATED)
          .lateness(Duration.ofHours(2))
          .over(days(5).every(Duration.ofDays(1)), distinct().of(KIND))
          .over(days(2).every(Duration.ofDays(1)), distinct().of(KIND))
          .over(lifetime(), distinct().of(KIND), distinct().of(X).as("x"), percentile(90).of(X))
          .build();

  private record Drawn(String id, long time, String kind, long x) {}

  /** Days of few and of many values, some of them the same as before. */
  private static List<Drawn> draw(Random random, int days) {
    List<Drawn> drawn = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      int most = List.of(3, 40, 400, 4_000).get(random.nextInt(4));
      for (int i = random.nextInt(most); i >= 0; i--) {
        long time = NOON + day * DAY + random.nextLong(HOUR);
        drawn.add(
            new Drawn(
                "e" + drawn.size(),
                time,
                "k" + random.nextInt(2 * most),
                random.nextInt(1_000_000)));
      }
    }
    return drawn;
  }

  @Test
  void estimatesAreThoseOfAFreshSketchWhateverWasMergedWhen() {
    for (int seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      int days = 12;
      List<Drawn> drawn = draw(random, days);
      Collections.shuffle(drawn, random);
      HistoryRun run = new HistoryRun(GROUP, NOON);
      for (int day = 0; day < days; day++) {
        long dawn = NOON + day * DAY;
        run.at(dawn + HOUR);
        for (Drawn each : drawn) {
          if (each.time() >= dawn && each.time() < dawn + DAY) {
            run.arrives(each.id(), each.time(), each.x(), each.kind());
            if (random.nextInt(300) == 0) {
              run.compacted();
            }
          }
        }
        check(run, drawn, dawn + HOUR, "seed %d, day %d".formatted(seed, day));
        run.at(dawn + 5 * HOUR).compacted();
        check(run, drawn, dawn + 5 * HOUR, "seed %d, day %d, merged".formatted(seed, day));
      }
    }
  }

  private static void check(HistoryRun run, List<Drawn> drawn, long now, String as) {
    double[] found = TestGroups.numbers(run.step());
    long midnight = Math.floorDiv(now, DAY) * DAY;
    assertThat(found[0]).as(as).isEqualTo(fresh(drawn, midnight - 5 * DAY, now));
    assertThat(found[1]).as(as).isEqualTo(fresh(drawn, midnight - 2 * DAY, now));
    assertThat(found[2]).as(as).isEqualTo(fresh(drawn, Long.MIN_VALUE, now));
  }

  /** Returns the estimate of a sketch that gets all values anew. */
  private static double fresh(List<Drawn> drawn, long start, long end) {
    Set<String> kinds = new HashSet<>();
    drawn.stream()
        .filter(each -> each.time() > start && each.time() <= end)
        .forEach(each -> kinds.add(each.kind()));
    if (kinds.size() <= 256) {
      return kinds.isEmpty() ? Double.NaN : kinds.size();
    }
    HyperLogLog sketch = HyperLogLog.create(12);
    kinds.forEach(kind -> sketch.add(Hashing.komihash5_0().hashBytesToLong(kind.getBytes(UTF_8))));
    return Math.round(sketch.getDistinctCountEstimate());
  }

  @Test
  void estimatesAreAsGoodAsTheySay() {
    double squares = 0;
    int runs = 20;
    for (int seed = 1; seed <= runs; seed++) {
      Random random = new Random(seed);
      int n = 500 + random.nextInt(20_000);
      HistoryRun run = new HistoryRun(GROUP, NOON);
      for (int i = 0; i < n; i++) {
        run.arrives("e" + i, NOON - i % HOUR, i, "kind " + seed + " " + i);
      }
      double error = run.value(2) / n - 1;
      squares += error * error;
      assertThat(run.value(2)).as("seed %d", seed).isCloseTo(n, withinPercentage(6));
      assertThat(run.value(4)).as("seed %d", seed).isCloseTo(0.9 * (n - 1), withinPercentage(1));
    }
    assertThat(Math.sqrt(squares / runs)).isLessThan(0.02);
  }
}
