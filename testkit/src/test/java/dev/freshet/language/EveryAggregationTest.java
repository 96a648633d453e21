package dev.freshet.language;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.decayedMean;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.dominantFrequency;
import static dev.freshet.definition.Aggregates.ewma;
import static dev.freshet.definition.Aggregates.first;
import static dev.freshet.definition.Aggregates.firstAt;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.latestAt;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.min;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.rollingMean;
import static dev.freshet.definition.Aggregates.slope;
import static dev.freshet.definition.Aggregates.stddev;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Aggregates.top;
import static dev.freshet.definition.Aggregates.variance;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.input.Input.text;
import static dev.freshet.language.Payments.SEVEN;
import static dev.freshet.language.Payments.afterSix;
import static dev.freshet.language.Payments.paid;
import static dev.freshet.language.Payments.payments;
import static dev.freshet.testdriver.FeatureTestDriver.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.input.Input;
import dev.freshet.testdriver.FeatureTestDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every aggregation over every exact window, with values computed by hand. */
class EveryAggregationTest {

  private static final long NOW = START.toEpochMilli();
  private static final long MINUTE = 60_000;

  private static final Input AMOUNT = decimal("amount");
  private static final Input MERCHANT = text("merchant.id");

  private static final OfEvents[] OF_ANY_WINDOW = {
    count(),
    sum(),
    mean(),
    min(),
    max(),
    variance(),
    stddev(),
    percentile(50),
    percentile(90),
    distinct(),
    distinct().of(MERCHANT).as("merchants"),
    first(),
    latest(),
    first().of(MERCHANT).as("first_merchant"),
    latest().of(MERCHANT).as("latest_merchant"),
    top(2).of(MERCHANT),
    firstAt("begun"),
    latestAt("ended"),
  };

  @Test
  void overTheLastFour() {
    FeatureGroup group =
        payments()
            .value(AMOUNT)
            .over(last(4), OF_ANY_WINDOW)
            .over(last(4), rollingMean(2), rollingMean(5), ewma(), ewma(0.5), slope())
            .over(last(4), decayedMean(Duration.ofMinutes(10)), dominantFrequency())
            .build();
    Expected.features(
        afterSix(group), // 4, 1.5, 6, 3
        SEVEN,
        "count",
        4,
        "sum",
        14.5,
        "mean",
        3.625,
        "min",
        1.5,
        "max",
        6,
        "variance",
        3.5625,
        "stddev",
        1.8874586088176875,
        "p50",
        3.5,
        "p90",
        5.4,
        "distinct",
        4,
        "merchants",
        3,
        "first",
        4,
        "latest",
        3,
        "first_merchant",
        "c",
        "latest_merchant",
        "a",
        "top_2",
        "[\"a\",\"b\"]",
        "begun_at",
        NOW - 30 * MINUTE,
        "ended_at",
        NOW,
        "rolling_mean_2",
        4.5,
        "ewma",
        10.808 / 2.952,
        "ewma_0_5",
        11.0 / 3,
        "slope",
        0.15,
        "decayed_mean",
        11.0 / 3);
  }

  @Test
  void overTheLastThreeWithinTwentyFiveMinutes() {
    FeatureGroup group =
        payments()
            .value(AMOUNT)
            .over(last(3).within(minutes(25)), OF_ANY_WINDOW)
            .over(last(2).within(minutes(25)), slope(), ewma(0.5), sum().as("sum_of_two"))
            .build();
    FeatureTestDriver driver = afterSix(group); // 1.5, 6, 3
    Expected.features(
        driver,
        SEVEN,
        "count_25m",
        3,
        "sum_25m",
        10.5,
        "mean_25m",
        3.5,
        "min_25m",
        1.5,
        "max_25m",
        6,
        "variance_25m",
        5.25,
        "stddev_25m",
        Math.sqrt(5.25),
        "p50_25m",
        3,
        "p90_25m",
        5.4,
        "distinct_25m",
        3,
        "merchants_25m",
        2,
        "first_25m",
        1.5,
        "latest_25m",
        3,
        "first_merchant_25m",
        "a",
        "latest_merchant_25m",
        "a",
        "top_2_25m",
        "[\"a\",\"b\"]",
        "begun_25m_at",
        NOW - 20 * MINUTE,
        "ended_25m_at",
        NOW,
        "slope_25m",
        -3,
        "ewma_0_5_25m",
        4,
        "sum_of_two_25m",
        9);
    assertThat(driver.validUntil(SEVEN)).hasValue(START.plus(Duration.ofMinutes(5)));
    driver.advance(Duration.ofMinutes(5)); // 6, 3
    assertThat(driver.feature(SEVEN, "count_25m")).hasValue(2);
    assertThat(driver.feature(SEVEN, "sum_of_two_25m")).hasValue(9);
    driver.advance(Duration.ofMinutes(10)); // 3
    assertThat(driver.feature(SEVEN, "variance_25m")).isEmpty();
    assertThat(driver.feature(SEVEN, "mean_25m")).hasValue(3);
    driver.advance(Duration.ofMinutes(10));
    assertThat(driver.text(SEVEN, "latest_merchant_25m")).isEmpty();
    assertThat(driver.feature(SEVEN, "mean_25m")).isEmpty();
  }

  @Test
  void overFortyFiveMinutes() {
    FeatureTestDriver driver =
        afterSix(payments().value(AMOUNT).over(minutes(45), OF_ANY_WINDOW).build());
    Expected.features( // 1.5, 4, 1.5, 6, 3
        driver,
        SEVEN,
        "count_45m",
        5,
        "sum_45m",
        16,
        "mean_45m",
        3.2,
        "min_45m",
        1.5,
        "max_45m",
        6,
        "variance_45m",
        3.575,
        "stddev_45m",
        Math.sqrt(3.575),
        "p50_45m",
        3,
        "p90_45m",
        5.2,
        "distinct_45m",
        4,
        "merchants_45m",
        3,
        "first_45m",
        1.5,
        "latest_45m",
        3,
        "first_merchant_45m",
        "a",
        "latest_merchant_45m",
        "a",
        "top_2_45m",
        "[\"a\",\"b\"]",
        "begun_45m_at",
        NOW - 40 * MINUTE,
        "ended_45m_at",
        NOW);
    driver.advance(Duration.ofMinutes(45));
    Expected.features(driver, SEVEN, "count_45m", 0, "sum_45m", 0);
    assertThat(driver.validUntil(SEVEN)).isEmpty();
  }

  @Test
  void overHalfAnHourThatEndedAQuarterAgo() {
    FeatureTestDriver driver =
        afterSix(
            payments()
                .value(AMOUNT)
                .over(minutes(30).delayedBy(minutes(15)), OF_ANY_WINDOW)
                .build());
    Expected.features( // 1.5, 4, 1.5
        driver,
        SEVEN,
        "count_30m_after_15m",
        3,
        "sum_30m_after_15m",
        7,
        "mean_30m_after_15m",
        7.0 / 3,
        "min_30m_after_15m",
        1.5,
        "max_30m_after_15m",
        4,
        "variance_30m_after_15m",
        6.25 / 3,
        "stddev_30m_after_15m",
        Math.sqrt(6.25 / 3),
        "p50_30m_after_15m",
        1.5,
        "p90_30m_after_15m",
        3.5,
        "distinct_30m_after_15m",
        2,
        "merchants_30m_after_15m",
        2,
        "first_30m_after_15m",
        1.5,
        "latest_30m_after_15m",
        1.5,
        "first_merchant_30m_after_15m",
        "a",
        "latest_merchant_30m_after_15m",
        "a",
        "top_2_30m_after_15m",
        "[\"a\",\"c\"]",
        "begun_30m_after_15m_at",
        NOW - 40 * MINUTE,
        "ended_30m_after_15m_at",
        NOW - 20 * MINUTE);
    // At 12:05 the payment of 11:20 leaves and that of 11:50 enters.
    assertThat(driver.validUntil(SEVEN)).hasValue(START.plus(Duration.ofMinutes(5)));
    driver.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(driver.feature(SEVEN, "sum_30m_after_15m")).hasValue(7);
    driver.advance(Duration.ofMillis(1));
    assertThat(driver.feature(SEVEN, "sum_30m_after_15m")).hasValue(11.5);
  }

  @Test
  void twoEventsOfOneInstantAreInTheOrderOfTheirIds() {
    FeatureTestDriver driver =
        FeatureTestDriver.of(payments().value(AMOUNT).over(last(2), first(), latest()).build());
    driver.feed(paid("b", 0, "2", null));
    driver.feed(paid("a", 0, "1", null));
    driver.feed(paid("c", 0, "3", null));
    Expected.features(driver, SEVEN, "first", 2, "latest", 3);
  }

  @Test
  void textsThatAreAsFrequentAreInTheOrderOfTheirBytes() {
    FeatureTestDriver driver =
        FeatureTestDriver.of(
            payments().over(minutes(60), top(3).of(MERCHANT), top(1).of(MERCHANT)).build());
    for (String merchant : new String[] {"😀", "\uE000", "b\"", "b\"", "é"}) {
      driver.feed(paid("of " + merchant, 1, null, merchant));
    }
    // b" came twice under one id, so it counts once like the others.
    Expected.features(
        driver, SEVEN, "top_3_60m", "[\"b\\\"\",\"é\",\"\uE000\"]", "top_1_60m", "[\"b\\\"\"]");
  }
}
