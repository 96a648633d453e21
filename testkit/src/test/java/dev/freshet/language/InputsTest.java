package dev.freshet.language;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.min;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Aggregates.variance;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.definition.Window.seconds;
import static dev.freshet.input.Input.dayOfWeek;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.input.Input.flag;
import static dev.freshet.input.Input.hourOfDay;
import static dev.freshet.input.Input.instant;
import static dev.freshet.input.Input.signedSeconds;
import static dev.freshet.input.Input.typeIs;
import static dev.freshet.language.Payments.CARD;
import static dev.freshet.language.Payments.DISPUTED;
import static dev.freshet.language.Payments.PAID;
import static dev.freshet.language.Payments.SEVEN;
import static dev.freshet.language.Payments.paid;
import static dev.freshet.language.Payments.payments;
import static dev.freshet.testdriver.FeatureTestDriver.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Reason;
import dev.freshet.event.Skipped;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Input;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Inputs of each kind, each with the feature that uses it. */
class InputsTest {

  private static final ZoneId ROME = ZoneId.of("Europe/Rome");

  @Test
  void aFlagIsOneOrZeroSoItsMeanIsAShare() {
    FeatureTestDriver driver =
        driver(payments().over(last(4), mean().of(flag("online")).as("online_share")).build());
    for (boolean online : new boolean[] {false, true, true, false, true}) {
      driver.feed(paid("of " + driver.results().size(), 5, "1", null).with("online", online));
      driver.advance(Duration.ofSeconds(1));
    }
    Expected.features(driver, SEVEN, "online_share", 0.75);
  }

  @Test
  void decimalsAreRoundedToTheirScaleHalfEven() {
    FeatureTestDriver driver =
        driver(
            payments()
                .over(
                    hours(1),
                    sum().of(decimal("amount").scale(0)).as("whole"),
                    sum().of(decimal("amount").scale(2)).as("cents"),
                    sum().of(decimal("amount")).as("exact"),
                    sum().of(decimal("amount").scale(9)).as("nano"),
                    variance().of(decimal("amount").scale(9)).as("spread"),
                    distinct().of(decimal("amount").scale(9)).as("different"))
                .build());
    driver.feed(paid("a", 1, "0.5", null)); // 0
    driver.feed(paid("b", 1, "1.5", null)); // 2
    driver.feed(paid("c", 1, "0.105", null)); // 0.10
    driver.feed(paid("d", 1, "0.100000001", null));
    driver.feed(paid("e", 1, "0.1000000010", null));
    Expected.features(
        driver,
        SEVEN,
        "whole_1h",
        2,
        "cents_1h",
        0.5 + 1.5 + 0.1 + 0.1 + 0.1,
        "exact_1h",
        2.305,
        "nano_1h",
        2.305000002,
        // (Σx² − (Σx)² / 5) / 4 = (2.5310250004 − 1.062605001844) / 4
        "spread_1h",
        0.367104999639,
        "different_1h",
        4);
  }

  @Test
  void sumsOfTheGreatestDecimalsAreExact() {
    FeatureTestDriver driver =
        driver(payments().value(decimal("amount")).over(minutes(9), sum(), mean(), max()).build());
    for (String amount : new String[] {"1000000000000", "999999999999.999999", "-0.000001"}) {
      driver.feed(paid("of " + amount, 1, amount, null));
    }
    Expected.features(
        driver,
        SEVEN,
        "sum_9m",
        Double.parseDouble("1999999999999.999998"),
        "mean_9m",
        Double.parseDouble("666666666666.666666"),
        "max_9m",
        1e12);
  }

  @Test
  void signedSecondsMayBeNegative() {
    Input delay = signedSeconds("planned", "actual");
    FeatureTestDriver driver =
        driver(payments().value(delay).over(last(9), mean(), min(), count()).build());
    driver.feed(
        paid("a", 1, null, null).with("planned", START).with("actual", START.plusSeconds(9)));
    driver.feed(
        paid("b", 1, null, null).with("planned", START).with("actual", START.minusSeconds(30)));
    assertThat(driver.feed(paid("c", 1, null, null).with("planned", START)))
        .isEqualTo(new Outcome.Skipped(Skipped.NO_VALUE));
    Expected.features(driver, SEVEN, "mean", -10.5, "min", -30, "count", 2);
  }

  @Test
  void secondsMayNotBeNegative() {
    FeatureTestDriver driver =
        driver(payments().value(Input.seconds("planned", "actual")).over(last(9), mean()).build());
    assertThat(
            driver.feed(
                paid("a", 1, null, null)
                    .with("planned", START)
                    .with("actual", START.minusSeconds(1))))
        .isInstanceOfSatisfying(
            Outcome.Invalid.class,
            invalid -> assertThat(invalid.reason()).isEqualTo(Reason.NEGATIVE_DURATION));
  }

  @Test
  void anInstantIsReadInItsOwnUnit() {
    FeatureTestDriver driver =
        driver(
            payments()
                .over(last(1), latest().of(instant("valid_to")).as("valid_to"))
                .over(last(1), latest().of(instant("seen").in(TimeFormat.EPOCH_MICROS)).as("seen"))
                .build());
    driver.feed(
        paid("a", 1, null, null)
            .with("valid_to", START.plusSeconds(3_600))
            .with("seen", START.toEpochMilli() * 1_000 + 999));
    Expected.features(
        driver, SEVEN, "valid_to", START.toEpochMilli() + 3_600_000, "seen", START.toEpochMilli());
  }

  /** 12:00 UTC is 13:00 in Rome; 2026-01-01 is a Thursday. */
  @Test
  void theHourAndTheDayAreThoseOfTheZone() {
    FeatureTestDriver driver =
        driver(
            payments()
                .over(days(1), max().of(hourOfDay(ROME)).as("hour"))
                .over(days(1), max().of(dayOfWeek(ROME)).as("day"))
                .over(days(1), min().of(dayOfWeek(ROME)).as("first_day"))
                .build());
    driver.feed(paid("a", 0, null, null));
    Expected.features(driver, SEVEN, "hour_1d", 13, "day_1d", 4, "first_day_1d", 4);
    driver.feed(paid("b", 13 * 60, null, null)); // 23:00 UTC of Wednesday is midnight in Rome
    Expected.features(driver, SEVEN, "hour_1d", 13, "day_1d", 4, "first_day_1d", 4);
    driver.feed(paid("c", 13 * 60 + 1, null, null));
    Expected.features(driver, SEVEN, "hour_1d", 23, "day_1d", 4, "first_day_1d", 3);
  }

  @Test
  void theTypeIsAnInputOfRates() {
    FeatureTestDriver driver =
        driver(
            FeatureGroup.named("disputes")
                .dimension(CARD)
                .reads(PAID, DISPUTED)
                .over(last(4), mean().of(typeIs(DISPUTED)).as("dispute_rate"))
                .build());
    driver.feed(paid("a", 9, "1", null));
    driver.feed(paid("b", 8, "1", null));
    driver.feed(TestEvent.of(DISPUTED).with("card.id", SEVEN));
    Expected.features(driver, SEVEN, "dispute_rate", 1.0 / 3);
  }

  /** An event without an input still counts in a time window's count(). */
  @Test
  void aFeatureSeesTheEventsThatHaveItsInput() {
    FeatureTestDriver driver =
        driver(
            payments()
                .value(decimal("amount"))
                .over(seconds(600), count(), sum(), count().of(decimal("tip")).as("tips"))
                .over(seconds(600), mean().of(decimal("tip")).as("tip_mean"))
                .build());
    driver.feed(paid("a", 1, "10", null).with("tip", "1.5"));
    driver.feed(paid("b", 2, null, null).with("tip", 2.5));
    driver.feed(paid("c", 3, "5", null));
    Expected.features(
        driver, SEVEN, "count_600s", 3, "sum_600s", 15, "tips_600s", 2, "tip_mean_600s", 2);
  }

  private static FeatureTestDriver driver(FeatureGroup group) {
    return FeatureTestDriver.of(group);
  }
}
