package dev.freshet.language;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.stddev;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Derived.derived;
import static dev.freshet.definition.Derived.difference;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Filter.is;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.language.Payments.SEVEN;
import static dev.freshet.language.Payments.afterSix;
import static dev.freshet.language.Payments.paid;
import static dev.freshet.language.Payments.payments;
import static dev.freshet.testdriver.FeatureTestDriver.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.testdriver.FeatureTestDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Features that are computed from others of their group. */
class DerivedFeaturesTest {

  private static final FeatureGroup DECLINES =
      payments()
          .over(hours(1), count("paid"), count("declined").where(is("status", "declined")))
          .derive(
              ratio("decline_rate", "declined_1h", "paid_1h"),
              difference("approved_1h", "paid_1h", "declined_1h"),
              ratio("odds", "declined_1h", "approved_1h"),
              derived("root", "√ paid_1h", of -> Math.sqrt(-of[0]), "paid_1h"))
          .build();

  @Test
  void ratiosAndDifferencesFollowTheirFeatures() {
    FeatureTestDriver driver = FeatureTestDriver.of(DECLINES);
    driver.feed(paid("a", 30, "1", null).with("status", "declined"));
    // 1 / 0 is not finite, and √ −1 no number.
    Expected.features(
        driver, SEVEN, "paid_1h", 1, "declined_1h", 1, "decline_rate", 1, "approved_1h", 0);
    driver.feed(paid("b", 10, "1", null).with("status", "approved"));
    driver.feed(paid("c", 9, "1", null).with("status", "approved"));
    Expected.features(
        driver,
        SEVEN,
        "paid_1h",
        3,
        "declined_1h",
        1,
        "decline_rate",
        1.0 / 3,
        "approved_1h",
        2,
        "odds",
        0.5);
    assertThat(driver.validUntil(SEVEN)).hasValue(START.plus(Duration.ofMinutes(30)));
    driver.advance(Duration.ofMinutes(30));
    assertThat(driver.feature(SEVEN, "decline_rate")).hasValue(0);
    driver.advance(Duration.ofHours(1));
    assertThat(driver.feature(SEVEN, "decline_rate")).as("0 / 0").isEmpty();
  }

  @Test
  void oneIsAbsentIfAFeatureOfItsIs() {
    FeatureGroup group =
        payments()
            .value(decimal("amount"))
            .over(last(50), mean(), stddev(), latest())
            .over(minutes(15), max(), sum())
            .derive(
                derived(
                    "z_score",
                    "(latest − mean) / stddev",
                    of -> (of[0] - of[1]) / of[2],
                    "latest",
                    "mean",
                    "stddev"),
                difference("above_usual", "max_15m", "mean"),
                ratio("share_of_max", "max_15m", "sum_15m"))
            .build();
    FeatureTestDriver one = FeatureTestDriver.of(group);
    one.feed(paid("a", 20, "5", null));
    Expected.features(one, SEVEN, "mean", 5, "latest", 5, "sum_15m", 0);
    FeatureTestDriver six = afterSix(group); // of 24 in all
    assertThat(six.feature(SEVEN, "z_score").getAsDouble())
        .isEqualTo((3 - 4.0) / Math.sqrt(33.5 / 5));
    assertThat(six.feature(SEVEN, "above_usual")).hasValue(2);
    assertThat(six.feature(SEVEN, "share_of_max")).hasValue(6 / 9.0);
  }

  @Test
  void theyAreInThePlaceAndHaveTheFormulaOfTheirDeclaration() {
    assertThat(DECLINES.features())
        .extracting(Feature::name)
        .containsExactly("paid_1h", "declined_1h", "decline_rate", "approved_1h", "odds", "root");
    assertThat(DECLINES.feature("decline_rate").formula()).isEqualTo("declined_1h / paid_1h");
    assertThat(DECLINES.feature("approved_1h").formula()).isEqualTo("paid_1h − declined_1h");
    assertThat(DECLINES.feature("root").formula()).isEqualTo("√ paid_1h");
  }
}
