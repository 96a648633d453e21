package dev.freshet.contract;

import static dev.freshet.state.KeyState.FOREVER;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.bare;
import static dev.freshet.testing.TestEvents.stage;
import static dev.freshet.testing.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.state.StateStore;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.TimelineDriver;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every state store does with the timeline of a key. */
interface TimelineContract {

  int CREATED = 0;
  int PICKED = 1;
  int DELIVERED = 2;
  int CANCELLED = 3;

  StateStore store(FeatureGroup group);

  @Test
  default void anEventIsInTheWindowUntilExactlyItsEnd() {
    TimelineDriver area = demand();
    area.at(NOON, bare("a", NOON));
    assertThat(area.feature("created_1m")).isEqualTo(1);
    assertThat(area.validUntil()).isEqualTo(NOON + MINUTE);
    area.at(NOON + MINUTE - 1);
    assertThat(area.feature("created_1m")).isEqualTo(1);
    area.at(NOON + MINUTE);
    assertThat(area.feature("created_1m")).isZero();
    assertThat(area.feature("created_5m")).isEqualTo(1);
    assertThat(area.validUntil()).isEqualTo(NOON + 5 * MINUTE);
  }

  @Test
  default void anEventAlreadyOutOfTheShortWindowCountsInTheLongOnesOnly() {
    TimelineDriver area = demand();
    area.at(NOON, value("a", NOON - MINUTE, 2_500_000), value("b", NOON - MINUTE + 1, 1_000_000));
    assertThat(area.feature("created_1m")).isEqualTo(1);
    assertThat(area.feature("created_5m")).isEqualTo(2);
    assertThat(area.feature("amount_sum_60m")).isEqualTo(3.5);
    assertThat(area.feature("amount_mean_60m")).isEqualTo(1.75);
    assertThat(area.validUntil()).isEqualTo(NOON + 1);
  }

  @Test
  default void aFutureEventCountsFromItsInstantOn() {
    TimelineDriver area = demand();
    area.at(NOON, bare("a", NOON + 10));
    assertThat(area.feature("created_1m")).isZero();
    assertThat(area.validUntil()).isEqualTo(NOON + 10);
    assertThat(area.newest()).isEqualTo(NOON + 10);
    area.at(NOON + 9);
    assertThat(area.feature("created_1m")).isZero();
    area.at(NOON + 10);
    assertThat(area.feature("created_1m")).isEqualTo(1);
    assertThat(area.newest()).isEqualTo(NOON + 10);
  }

  @Test
  default void newestIsOfWhatHasHappenedIfAnythingHas() {
    TimelineDriver area = demand();
    area.at(NOON, bare("ahead", NOON + 500), bare("past", NOON - 500));
    assertThat(area.newest()).isEqualTo(NOON - 500);
    area.at(NOON + 500);
    assertThat(area.newest()).isEqualTo(NOON + 500);
  }

  @Test
  default void allWindowsEndAtZeroWithAnAbsentMeanAndNothingPending() {
    TimelineDriver area = demand();
    area.at(NOON, value("a", NOON, 1));
    area.at(NOON + HOUR - 1);
    assertThat(area.feature("amount_mean_60m")).isEqualTo(1e-6);
    area.at(NOON + HOUR);
    assertThat(area.features()).doesNotContainKey("amount_mean_60m");
    assertThat(area.features().values()).containsOnly(0.0);
    assertThat(area.validUntil()).isEqualTo(FOREVER);
    assertThat(area.newest()).isEqualTo(NOON);
  }

  @Test
  default void aDuplicateCountsOnceAsLongAsItIsNotLate() {
    TimelineDriver area = demand();
    area.at(NOON, bare("a", NOON), bare("a", NOON));
    assertThat(area.tally()).isEqualTo(new Tally(1, 1, 0, 0));
    area.at(NOON + HOUR - 1, bare("a", NOON));
    assertThat(area.tally()).isEqualTo(new Tally(0, 1, 0, 0));
    assertThat(area.feature("created_60m")).isEqualTo(1);
  }

  @Test
  default void anEventWithTwoTimesIsInTheWindowsOfTheLatest() {
    Event first = value("a", NOON - 4 * MINUTE, 5_000_000);
    Event again = value("a", NOON, 5_000_000);
    for (Event[] order : new Event[][] {{first, again}, {again, first}}) {
      TimelineDriver area = demand();
      area.at(NOON, order[0]);
      area.at(NOON, order[1]);
      assertThat(area.features())
          .containsEntry("created_5m", 1.0)
          .containsEntry("amount_sum_60m", 5.0);
      area.at(NOON + 4 * MINUTE);
      assertThat(area.features())
          .containsEntry("created_5m", 1.0)
          .containsEntry("amount_sum_60m", 5.0);
      area.at(NOON + 5 * MINUTE);
      assertThat(area.features())
          .containsEntry("created_5m", 0.0)
          .containsEntry("amount_sum_60m", 5.0);
    }
  }

  @Test
  default void timeNeverMovesBack() {
    TimelineDriver area = demand();
    area.at(NOON + MINUTE, bare("a", NOON));
    area.at(NOON, bare("b", NOON));
    assertThat(area.asOf()).isEqualTo(NOON + MINUTE);
    assertThat(area.feature("created_1m")).isZero();
    assertThat(area.feature("created_5m")).isEqualTo(2);
  }

  @Test
  default void theVersionGrowsWithEveryStepAlsoOfTimeAlone() {
    TimelineDriver area = demand();
    long before = 0;
    for (int i = 0; i < 100; i++) {
      area.at(NOON);
      assertThat(area.version()).isGreaterThan(before);
      before = area.version();
    }
  }

  @Test
  default void sumsAreExactAtTheLimitsOfAmounts() {
    long seed = 11;
    Random random = new Random(seed);
    TimelineDriver area = demand();
    BigDecimal sum = BigDecimal.ZERO;
    for (int batch = 0; batch < 20; batch++) {
      Event[] events = new Event[200];
      for (int i = 0; i < events.length; i++) {
        long micros =
            (999_999_999_999_999L - random.nextInt(3)) * (random.nextInt(4) == 0 ? -1 : 1);
        events[i] = value(batch + "/" + i, NOON - random.nextInt(1_000), micros);
        sum = sum.add(BigDecimal.valueOf(micros, 6));
      }
      area.at(NOON, events);
      assertThat(area.feature("amount_sum_60m"))
          .as("seed %d, batch %d", seed, batch)
          .isEqualTo(sum.doubleValue());
    }
    area.at(NOON + HOUR);
    assertThat(area.feature("amount_sum_60m")).isZero();
  }

  @Test
  default void anItemThatEndsBeforeItIsCreatedNeverCounts() {
    TimelineDriver place = items();
    place.at(NOON, stage("a", CANCELLED, NOON + 5), stage("a", CREATED, NOON + 10));
    assertThat(place.validUntil()).isEqualTo(NOON + 10);
    place.at(NOON + 10);
    assertThat(place.feature("created_5m")).isEqualTo(1);
    assertThat(place.feature("undelivered")).isZero();
  }

  @Test
  default void stagesMayArriveInAnyOrder() {
    TimelineDriver place = items();
    place.at(NOON, stage("a", DELIVERED, NOON - 1));
    assertThat(place.features().values()).containsOnly(0.0);
    place.at(NOON, stage("a", CREATED, NOON - 10));
    assertThat(place.feature("created_5m")).isEqualTo(1);
    assertThat(place.feature("undelivered")).isZero();
    place.at(NOON, stage("a", PICKED, NOON - 5));
    assertThat(place.feature("picked_30m")).isEqualTo(1);
  }

  @Test
  default void theEarliestTimeOfAStageCounts() {
    TimelineDriver place = items();
    place.at(NOON, stage("a", CREATED, NOON - MINUTE));
    place.at(NOON, stage("a", CREATED, NOON - 6 * MINUTE));
    assertThat(place.feature("created_5m")).isZero();
    assertThat(place.feature("created_30m")).isEqualTo(1);
    place.at(NOON, stage("a", CREATED, NOON));
    assertThat(place.feature("created_5m")).isZero();
  }

  @Test
  default void aStageDatedAheadHasNotHappened() {
    TimelineDriver place = items();
    place.at(NOON, stage("a", CREATED, NOON), stage("a", DELIVERED, NOON + 50));
    assertThat(place.feature("undelivered")).isEqualTo(1);
    place.at(NOON + 49);
    assertThat(place.feature("undelivered")).isEqualTo(1);
    place.at(NOON + 50);
    assertThat(place.feature("undelivered")).isZero();
  }

  @Test
  default void anItemLeavesTheLookBackExactlyAtItsEnd() {
    TimelineDriver place = items();
    place.at(NOON, stage("a", CREATED, NOON));
    place.at(NOON + 3 * HOUR - 1);
    assertThat(place.feature("undelivered")).isEqualTo(1);
    assertThat(place.validUntil()).isEqualTo(NOON + 3 * HOUR);
    place.at(NOON + 3 * HOUR);
    assertThat(place.feature("undelivered")).isZero();
    assertThat(place.validUntil()).isEqualTo(FOREVER);
  }

  @Test
  default void randomDemandEqualsTheNaiveModel() {
    for (int seed = 1; seed <= 40; seed++) {
      RandomHistory.ofDemand(seed).check(demand(), new NaiveTimeline.Demand());
    }
  }

  @Test
  default void randomItemsEqualTheNaiveModel() {
    for (int seed = 1; seed <= 60; seed++) {
      RandomHistory.ofItems(seed).check(items(), new NaiveTimeline.Items());
    }
  }

  private TimelineDriver demand() {
    FeatureGroup group = TestGroups.demand();
    return new TimelineDriver(group, store(group));
  }

  private TimelineDriver items() {
    FeatureGroup group = TestGroups.itemStages();
    return new TimelineDriver(group, store(group));
  }
}
