package dev.freshet.language;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.input.Filter.above;
import static dev.freshet.input.Filter.absent;
import static dev.freshet.input.Filter.all;
import static dev.freshet.input.Filter.any;
import static dev.freshet.input.Filter.atLeast;
import static dev.freshet.input.Filter.atMost;
import static dev.freshet.input.Filter.below;
import static dev.freshet.input.Filter.equalTo;
import static dev.freshet.input.Filter.is;
import static dev.freshet.input.Filter.isFalse;
import static dev.freshet.input.Filter.isNot;
import static dev.freshet.input.Filter.isTrue;
import static dev.freshet.input.Filter.not;
import static dev.freshet.input.Filter.oneOf;
import static dev.freshet.input.Filter.present;
import static dev.freshet.input.Filter.typeIs;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.input.Input.text;
import static dev.freshet.language.Payments.CARD;
import static dev.freshet.language.Payments.DISPUTED;
import static dev.freshet.language.Payments.PAID;
import static dev.freshet.language.Payments.SEVEN;
import static dev.freshet.language.Payments.paid;
import static dev.freshet.language.Payments.payments;
import static dev.freshet.testdriver.Outcome.APPLIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Skipped;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import org.junit.jupiter.api.Test;

/** Filters decide which events a feature sees. */
class FiltersTest {

  private static final Input AMOUNT = decimal("amount");

  @Test
  void textsAreCompared() {
    FeatureTestDriver driver =
        counting(
            is("status", "declined"),
            isNot("status", "declined"),
            not(is("status", "declined")),
            oneOf("status", "declined", "approved"),
            absent("status"),
            present("status"));
    driver.feed(paid("a", 1, "1", null).with("status", "declined"));
    driver.feed(paid("b", 2, "1", null).with("status", "approved"));
    driver.feed(paid("c", 3, "1", null).with("status", "pending"));
    driver.feed(paid("d", 4, "1", null));
    Expected.features(
        driver, SEVEN, "f0_1h", 1, "f1_1h", 2, // an event without a status is neither
        "f2_1h", 3, "f3_1h", 2, "f4_1h", 1, "f5_1h", 3);
  }

  @Test
  void numbersAreComparedExactly() {
    FeatureTestDriver driver =
        counting(
            above(AMOUNT, 0.3),
            atLeast(AMOUNT, 0.3),
            below(AMOUNT, 0.3),
            atMost(AMOUNT, 0.3),
            equalTo(AMOUNT, 0.3),
            above(decimal("amount").scale(0), 0.5),
            above(decimal("amount").scale(9), 0.3));
    driver.feed(paid("a", 1, "0.3", null));
    driver.feed(paid("b", 2, "0.300001", null));
    driver.feed(paid("c", 3, "0.299999", null));
    driver.feed(paid("d", 4, "0.3000000001", null)); // 0.3, of six digits
    driver.feed(paid("e", 5, null, null));
    driver.feed(paid("f", 6, "-1000000000000", null));
    Expected.features(
        driver, SEVEN, "f0_1h", 1, "f1_1h", 3, "f2_1h", 2, "f3_1h", 4, "f4_1h", 2, "f5_1h", 0,
        "f6_1h", 1);
  }

  @Test
  void filtersAreCombined() {
    FeatureTestDriver driver =
        counting(
            isTrue("online"),
            isFalse("online"),
            all(isTrue("online"), above(AMOUNT, 10)),
            any(isTrue("online"), above(AMOUNT, 10)),
            not(any(isTrue("online"), above(AMOUNT, 10))));
    driver.feed(paid("a", 1, "20", null).with("online", true));
    driver.feed(paid("b", 2, "5", null).with("online", true));
    driver.feed(paid("c", 3, "20", null).with("online", false));
    driver.feed(paid("d", 4, "5", null));
    Expected.features(driver, SEVEN, "f0_1h", 2, "f1_1h", 1, "f2_1h", 1, "f3_1h", 3, "f4_1h", 1);
  }

  @Test
  void theTypeOfAnEventIsAFilterToo() {
    FeatureTestDriver driver =
        FeatureTestDriver.of(
            FeatureGroup.named("disputes")
                .dimension(CARD)
                .reads(PAID, DISPUTED)
                .over(hours(1), count("disputes").where(typeIs(DISPUTED)))
                .over(hours(1), count("events").where(typeIs(DISPUTED, PAID)))
                .over(last(2), count("of_last_two"))
                .build());
    driver.feed(paid("a", 1, "20", null));
    driver.feed(TestEvent.of(DISPUTED).with("card.id", 7));
    driver.feed(paid("b", 1, "20", null));
    Expected.features(driver, SEVEN, "disputes_1h", 1, "events_1h", 3, "of_last_two", 2);
  }

  /** A feature's own filter is in place of the group's. */
  @Test
  void theFilterOfTheGroupIsOfAllFeaturesWithoutOne() {
    FeatureTestDriver driver =
        FeatureTestDriver.of(
            payments()
                .value(AMOUNT)
                .where(is("status", "approved"))
                .over(hours(1), count(), sum(), count("declined").where(is("status", "declined")))
                .build());
    driver.feed(paid("a", 1, "20", null).with("status", "approved"));
    driver.feed(paid("b", 1, "5", null).with("status", "approved"));
    driver.feed(paid("c", 1, "7", null).with("status", "declined"));
    Expected.features(driver, SEVEN, "count_1h", 2, "sum_1h", 25, "declined_1h", 1);
  }

  /** The last events are those that pass and have the value. */
  @Test
  void aFilterAppliesBeforeTheLastAreChosen() {
    FeatureTestDriver driver =
        FeatureTestDriver.of(
            payments()
                .value(AMOUNT)
                .over(last(2), count(), mean().where(is("status", "declined")))
                .over(last(2), latest().of(text("status")).as("latest_status"))
                .build());
    driver.feed(paid("a", 9, "1", null).with("status", "declined"));
    driver.feed(paid("b", 8, "3", null).with("status", "declined"));
    driver.feed(paid("c", 7, "5", null).with("status", "approved"));
    driver.feed(paid("d", 6, null, null).with("status", "declined"));
    driver.feed(paid("e", 5, "9", null));
    Expected.features(driver, SEVEN, "count", 2, "mean", 2, "latest_status", "declined");
  }

  @Test
  void anEventThatPassesNoFilterMakesFeaturesOfTimeWindowsZero() {
    FeatureTestDriver driver = counting(is("status", "declined"));
    assertThat(driver.feed(paid("a", 1, "1", null).with("status", "approved"))).isEqualTo(APPLIED);
    Expected.features(driver, SEVEN, "f0_1h", 0);
  }

  @Test
  void anEventThatPassesNoFilterOfLastEventsIsSkipped() {
    FeatureTestDriver driver =
        FeatureTestDriver.of(
            payments().over(last(3), count().where(is("status", "declined"))).build());
    assertThat(driver.feed(paid("a", 1, "1", null).with("status", "approved")))
        .isEqualTo(new Outcome.Skipped(Skipped.NO_VALUE));
    assertThat(driver.results()).isEmpty();
  }

  /** One count for each filter, over an hour. */
  private static FeatureTestDriver counting(Filter... filters) {
    var group = payments();
    for (int i = 0; i < filters.length; i++) {
      group.over(hours(1), count("f" + i).where(filters[i]));
    }
    return FeatureTestDriver.of(group.build());
  }
}
