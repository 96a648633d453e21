package dev.freshet.contract;

import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.amount;
import static dev.freshet.state.KeyState.FOREVER;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.plain;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.AREA;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Aggregate;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.state.StateStore;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.TimelineDriver;
import org.junit.jupiter.api.Test;

/** A result is valid until a feature changes; what changes beneath and cancels out is no end. */
interface ValidityContract {

  StateStore store(FeatureGroup group);

  @Test
  default void changesThatCancelOutDoNotEndValidity() {
    FeatureGroup group = TestGroups.onlyMinuteCount();
    TimelineDriver area = new TimelineDriver(group, store(group));
    long leaves = NOON - 10 + MINUTE;
    area.at(NOON, plain("old", NOON - 10), plain("new", leaves), plain("newer", leaves + MINUTE));
    assertThat(area.validUntil()).isEqualTo(leaves + 2 * MINUTE);
    area.at(leaves);
    assertThat(area.feature("created_1m")).isEqualTo(1);
    assertThat(area.validUntil()).isEqualTo(leaves + 2 * MINUTE);
  }

  @Test
  default void anEventBehindChangesThatCancelOutMayBeTheNextToChange() {
    FeatureGroup group = TestGroups.onlyMinuteCount();
    TimelineDriver area = new TimelineDriver(group, store(group));
    long leaves = NOON - 10 + MINUTE;
    area.at(NOON, plain("old", NOON - 10), plain("new", leaves), plain("newer", leaves + MINUTE));
    area.at(NOON + 1, plain("between", NOON + 1));
    assertThat(area.validUntil()).isEqualTo(NOON + 1 + MINUTE);
  }

  @Test
  default void aMeanStaysValidWhenOneOfEqualValuesLeaves() {
    TimelineDriver area = minuteOf(mean("amount"));
    area.at(NOON, value("a", NOON - 10, 5_000_000), value("b", NOON, 5_000_000));
    assertThat(area.validUntil()).isEqualTo(NOON + MINUTE);
    area.at(NOON, value("c", NOON, 6_000_000));
    assertThat(area.validUntil()).isEqualTo(NOON - 10 + MINUTE);
  }

  @Test
  default void aSumStaysValidWhenWhatEntersIsWhatLeaves() {
    TimelineDriver area = minuteOf(sum("amount"));
    area.at(
        NOON,
        value("leaves", NOON, 1_500_000),
        value("enters", NOON + MINUTE, 700_000),
        value("enters too", NOON + MINUTE, 800_000));
    assertThat(area.feature("amount_sum_1m")).isEqualTo(1.5);
    assertThat(area.validUntil()).isEqualTo(NOON + 2 * MINUTE);
    area.at(NOON + 2 * MINUTE);
    assertThat(area.feature("amount_sum_1m")).isZero();
    assertThat(area.validUntil()).isEqualTo(FOREVER);
  }

  private TimelineDriver minuteOf(Aggregate aggregate) {
    FeatureGroup group =
        FeatureGroup.named(TestGroups.freshName("minute"))
            .dimension(AREA)
            .reads(ITEM_CREATED)
            .value(amount("totalAmount"))
            .over(minutes(1), aggregate)
            .build();
    return new TimelineDriver(group, store(group));
  }
}
