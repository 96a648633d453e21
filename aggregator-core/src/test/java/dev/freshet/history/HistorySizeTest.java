package dev.freshet.history;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.first;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.latestAt;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.min;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.stddev;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.testing.TestEvents.DAY;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.input.Input;
import dev.freshet.testing.TestGroups;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests that a snapshot of 90 days stays small, whatever the traffic. */
class HistorySizeTest {

  private static final Input X = Input.amount("x");
  private static final Input KIND = Input.text("kind");
  private static final Duration HOP = Duration.ofDays(1);

  private static FeatureGroup with(OfEvents... sketches) {
    FeatureGroupBuilder group = twelve();
    return sketches.length == 0 ? group.build() : group.over(days(90).every(HOP), sketches).build();
  }

  private static FeatureGroupBuilder twelve() {
    return FeatureGroup.named(TestGroups.freshName("size"))
        .dimension(TestGroups.AREA)
        .reads(TestGroups.ITEM_CREATED)
        .lateness(Duration.ofMinutes(1))
        .over(days(90).every(HOP), count("seen"), sum().of(X), mean().of(X), stddev().of(X))
        .over(days(90).every(HOP), min().of(X), max().of(X), first().of(X), latest().of(X))
        .over(days(30).every(HOP), count("seen"), sum().of(X))
        .over(lifetime(), count("seen"), latestAt("last"));
  }

  @Test
  void ninetyDaysOfTwelveFeaturesTakeAtMostFourKilobytes() {
    for (int perDay : new int[] {1, 100, 10_000}) {
      int bytes = snapshotBytes(with(), perDay, 30);
      System.out.printf("90 days, 12 features, %,d events a day: %,d bytes%n", perDay, bytes);
      assertThat(bytes).isLessThanOrEqualTo(4_096);
    }
  }

  @Test
  void sketchesTakeMore() {
    FeatureGroup ranked = with(percentile(90).of(X));
    FeatureGroup different = with(distinct().of(KIND));
    for (int perDay : new int[] {1, 100, 10_000}) {
      int few = snapshotBytes(different, perDay, 30);
      int many = snapshotBytes(different, perDay, 1_000_000);
      int percentile = snapshotBytes(ranked, perDay, 30);
      System.out.printf(
          "one more, %,d events a day: distinct() of 30 texts %,d bytes, of a million %,d;"
              + " percentile() %,d%n",
          perDay, few, many, percentile);
      assertThat(few).isLessThan(4_096);
      assertThat(many).isLessThan(32_000);
      assertThat(percentile).isLessThan(56_000);
    }
  }

  @Test
  void whatOnlyALifetimeUsesIsKeptOnceAndNotOnceADay() {
    FeatureGroup group = twelve().over(lifetime(), percentile(90).of(X)).build();
    assertThat(snapshotBytes(group, 100, 30)).isLessThan(4_096);
  }

  private static int snapshotBytes(FeatureGroup group, int perDay, int kinds) {
    Random random = new Random(1);
    HistoryRun run = new HistoryRun(group, NOON);
    for (int day = 0; day < 100; day++) {
      for (int i = 0; i < perDay; i++) {
        long time = NOON + day * DAY + i * (DAY / perDay);
        long cents = 200 + (long) Math.exp(6 + 1.5 * random.nextGaussian());
        if (i % 16 == 0) {
          run.at(time);
        }
        run.arrives("e" + day + "-" + i, time, cents, "kind " + random.nextInt(kinds));
      }
    }
    return run.at(NOON + 100 * DAY + 2 * HOUR).snapshot().length; // all are merged
  }
}
