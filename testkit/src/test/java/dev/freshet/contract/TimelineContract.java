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
    TimelineDriver city = demand();
    city.at(NOON, bare("a", NOON));
    assertThat(city.feature("created_1m")).isEqualTo(1);
    assertThat(city.validUntil()).isEqualTo(NOON + MINUTE);
    city.at(NOON + MINUTE - 1);
    assertThat(city.feature("created_1m")).isEqualTo(1);
    city.at(NOON + MINUTE);
    assertThat(city.feature("created_1m")).isZero();
    assertThat(city.feature("created_5m")).isEqualTo(1);
    assertThat(city.validUntil()).isEqualTo(NOON + 5 * MINUTE);
  }

  @Test
  default void anEventAlreadyOutOfTheShortWindowCountsInTheLongOnesOnly() {
    TimelineDriver city = demand();
    city.at(NOON, value("a", NOON - MINUTE, 2_500_000), value("b", NOON - MINUTE + 1, 1_000_000));
    assertThat(city.feature("created_1m")).isEqualTo(1);
    assertThat(city.feature("created_5m")).isEqualTo(2);
    assertThat(city.feature("amount_sum_60m")).isEqualTo(3.5);
    assertThat(city.feature("amount_mean_60m")).isEqualTo(1.75);
    assertThat(city.validUntil()).isEqualTo(NOON + 1);
  }

  @Test
  default void aFutureEventCountsFromItsInstantOn() {
    TimelineDriver city = demand();
    city.at(NOON, bare("a", NOON + 10));
    assertThat(city.feature("created_1m")).isZero();
    assertThat(city.validUntil()).isEqualTo(NOON + 10);
    assertThat(city.newest()).isEqualTo(NOON + 10);
    city.at(NOON + 9);
    assertThat(city.feature("created_1m")).isZero();
    city.at(NOON + 10);
    assertThat(city.feature("created_1m")).isEqualTo(1);
    assertThat(city.newest()).isEqualTo(NOON + 10);
  }

  @Test
  default void newestIsOfWhatHasHappenedIfAnythingHas() {
    TimelineDriver city = demand();
    city.at(NOON, bare("ahead", NOON + 500), bare("past", NOON - 500));
    assertThat(city.newest()).isEqualTo(NOON - 500);
    city.at(NOON + 500);
    assertThat(city.newest()).isEqualTo(NOON + 500);
  }

  @Test
  default void allWindowsEndAtZeroWithAnAbsentMeanAndNothingPending() {
    TimelineDriver city = demand();
    city.at(NOON, value("a", NOON, 1));
    city.at(NOON + HOUR - 1);
    assertThat(city.feature("amount_mean_60m")).isEqualTo(1e-6);
    city.at(NOON + HOUR);
    assertThat(city.features()).doesNotContainKey("amount_mean_60m");
    assertThat(city.features().values()).containsOnly(0.0);
    assertThat(city.validUntil()).isEqualTo(FOREVER);
    assertThat(city.newest()).isEqualTo(NOON);
  }

  @Test
  default void aDuplicateCountsOnceAsLongAsItIsNotLate() {
    TimelineDriver city = demand();
    city.at(NOON, bare("a", NOON), bare("a", NOON));
    assertThat(city.tally()).isEqualTo(new Tally(1, 1, 0));
    city.at(NOON + HOUR - 1, bare("a", NOON));
    assertThat(city.tally()).isEqualTo(new Tally(0, 1, 0));
    assertThat(city.feature("created_60m")).isEqualTo(1);
  }

  @Test
  default void anEventWithTwoTimesIsInTheWindowsOfTheLatest() {
    Event first = value("a", NOON - 4 * MINUTE, 5_000_000);
    Event again = value("a", NOON, 5_000_000);
    for (Event[] order : new Event[][] {{first, again}, {again, first}}) {
      TimelineDriver city = demand();
      city.at(NOON, order[0]);
      city.at(NOON, order[1]);
      assertThat(city.features())
          .containsEntry("created_5m", 1.0)
          .containsEntry("amount_sum_60m", 5.0);
      city.at(NOON + 4 * MINUTE);
      assertThat(city.features())
          .containsEntry("created_5m", 1.0)
          .containsEntry("amount_sum_60m", 5.0);
      city.at(NOON + 5 * MINUTE);
      assertThat(city.features())
          .containsEntry("created_5m", 0.0)
          .containsEntry("amount_sum_60m", 5.0);
    }
  }

  @Test
  default void timeNeverMovesBack() {
    TimelineDriver city = demand();
    city.at(NOON + MINUTE, bare("a", NOON));
    city.at(NOON, bare("b", NOON));
    assertThat(city.asOf()).isEqualTo(NOON + MINUTE);
    assertThat(city.feature("created_1m")).isZero();
    assertThat(city.feature("created_5m")).isEqualTo(2);
  }

  @Test
  default void theVersionGrowsWithEveryStepAlsoOfTimeAlone() {
    TimelineDriver city = demand();
    long before = 0;
    for (int i = 0; i < 100; i++) {
      city.at(NOON);
      assertThat(city.version()).isGreaterThan(before);
      before = city.version();
    }
  }

  @Test
  default void sumsAreExactAtTheLimitsOfAmounts() {
    long seed = 11;
    Random random = new Random(seed);
    TimelineDriver city = demand();
    BigDecimal sum = BigDecimal.ZERO;
    for (int batch = 0; batch < 20; batch++) {
      Event[] events = new Event[200];
      for (int i = 0; i < events.length; i++) {
        long micros =
            (999_999_999_999_999L - random.nextInt(3)) * (random.nextInt(4) == 0 ? -1 : 1);
        events[i] = value(batch + "/" + i, NOON - random.nextInt(1_000), micros);
        sum = sum.add(BigDecimal.valueOf(micros, 6));
      }
      city.at(NOON, events);
      assertThat(city.feature("amount_sum_60m"))
          .as("seed %d, batch %d", seed, batch)
          .isEqualTo(sum.doubleValue());
    }
    city.at(NOON + HOUR);
    assertThat(city.feature("amount_sum_60m")).isZero();
  }

  @Test
  default void anOrderThatEndsBeforeItIsCreatedNeverCounts() {
    TimelineDriver store = orders();
    store.at(NOON, stage("a", CANCELLED, NOON + 5), stage("a", CREATED, NOON + 10));
    assertThat(store.validUntil()).isEqualTo(NOON + 10);
    store.at(NOON + 10);
    assertThat(store.feature("created_5m")).isEqualTo(1);
    assertThat(store.feature("undelivered")).isZero();
  }

  @Test
  default void stagesMayArriveInAnyOrder() {
    TimelineDriver store = orders();
    store.at(NOON, stage("a", DELIVERED, NOON - 1));
    assertThat(store.features().values()).containsOnly(0.0);
    store.at(NOON, stage("a", CREATED, NOON - 10));
    assertThat(store.feature("created_5m")).isEqualTo(1);
    assertThat(store.feature("undelivered")).isZero();
    store.at(NOON, stage("a", PICKED, NOON - 5));
    assertThat(store.feature("picked_30m")).isEqualTo(1);
  }

  @Test
  default void theEarliestTimeOfAStageCounts() {
    TimelineDriver store = orders();
    store.at(NOON, stage("a", CREATED, NOON - MINUTE));
    store.at(NOON, stage("a", CREATED, NOON - 6 * MINUTE));
    assertThat(store.feature("created_5m")).isZero();
    assertThat(store.feature("created_30m")).isEqualTo(1);
    store.at(NOON, stage("a", CREATED, NOON));
    assertThat(store.feature("created_5m")).isZero();
  }

  @Test
  default void aStageDatedAheadHasNotHappened() {
    TimelineDriver store = orders();
    store.at(NOON, stage("a", CREATED, NOON), stage("a", DELIVERED, NOON + 50));
    assertThat(store.feature("undelivered")).isEqualTo(1);
    store.at(NOON + 49);
    assertThat(store.feature("undelivered")).isEqualTo(1);
    store.at(NOON + 50);
    assertThat(store.feature("undelivered")).isZero();
  }

  @Test
  default void anOrderLeavesTheLookBackExactlyAtItsEnd() {
    TimelineDriver store = orders();
    store.at(NOON, stage("a", CREATED, NOON));
    store.at(NOON + 3 * HOUR - 1);
    assertThat(store.feature("undelivered")).isEqualTo(1);
    assertThat(store.validUntil()).isEqualTo(NOON + 3 * HOUR);
    store.at(NOON + 3 * HOUR);
    assertThat(store.feature("undelivered")).isZero();
    assertThat(store.validUntil()).isEqualTo(FOREVER);
  }

  @Test
  default void randomDemandEqualsTheNaiveModel() {
    for (int seed = 1; seed <= 40; seed++) {
      RandomHistory.ofDemand(seed).check(demand(), new NaiveTimeline.Demand());
    }
  }

  @Test
  default void randomOrdersEqualTheNaiveModel() {
    for (int seed = 1; seed <= 60; seed++) {
      RandomHistory.ofOrders(seed).check(orders(), new NaiveTimeline.Orders());
    }
  }

  private TimelineDriver demand() {
    FeatureGroup group = TestGroups.demand();
    return new TimelineDriver(group, store(group));
  }

  private TimelineDriver orders() {
    FeatureGroup group = TestGroups.orderStages();
    return new TimelineDriver(group, store(group));
  }
}
