package dev.freshet.language;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.language.Payments.PAID;
import static dev.freshet.language.Payments.paid;
import static dev.freshet.testdriver.Outcome.APPLIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Skipped;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import org.junit.jupiter.api.Test;

/** Entities of several members, and the one of all events. */
class EntitiesTest {

  private static FeatureTestDriver counting(Entity entity) {
    return FeatureTestDriver.of(
        FeatureGroup.named("payments_of")
            .dimension(entity)
            .reads(PAID)
            .over(hours(1), count("paid"))
            .build());
  }

  @Test
  void theIdOfSeveralMembersIsTheirValuesJoined() {
    FeatureTestDriver driver = counting(Entity.named("card_merchant").by("card.id", "merchant.id"));
    driver.feed(paid("a", 1, "1", "m"));
    driver.feed(paid("b", 2, "1", "m"));
    driver.feed(paid("c", 3, "1", "n"));
    assertThat(driver.feature("7|m", "paid_1h")).hasValue(2);
    assertThat(driver.feature("7|n", "paid_1h")).hasValue(1);
    assertThat(driver.feed(paid("d", 3, "1", null)))
        .isEqualTo(new Outcome.Skipped(Skipped.NO_ENTITY));
  }

  /** So that "a|b" with "c" is another entity than "a" with "b|c". */
  @Test
  void aBarOrPercentSignInAValueIsEncoded() {
    FeatureTestDriver driver = counting(Entity.named("card_merchant").by("card.id", "merchant.id"));
    driver.feed(paid("a", 1, "1", "x").with("card.id", "a|b").with("merchant.id", "c"));
    driver.feed(paid("b", 1, "1", "x").with("card.id", "a").with("merchant.id", "b|c"));
    driver.feed(paid("c", 1, "1", "x").with("card.id", "a%7Cb").with("merchant.id", "c"));
    assertThat(driver.feature("a%7Cb|c", "paid_1h")).hasValue(1);
    assertThat(driver.feature("a|b%7Cc", "paid_1h")).hasValue(1);
    assertThat(driver.feature("a%257Cb|c", "paid_1h")).hasValue(1);
  }

  @Test
  void theIdOfOneMemberIsItsValueAsItIs() {
    FeatureTestDriver driver = counting(Entity.named("card").by("card.id"));
    driver.feed(paid("a", 1, "1", "x").with("card.id", "a|b%"));
    driver.feed(paid("b", 1, "1", "x").with("card.id", 12));
    driver.feed(paid("c", 1, "1", "x").with("card.id", "12"));
    assertThat(driver.feature("a|b%", "paid_1h")).hasValue(1);
    assertThat(driver.feature("12", "paid_1h")).hasValue(2);
  }

  @Test
  void aGlobalEntitySeesEveryEvent() {
    FeatureTestDriver driver = counting(Entity.global("network"));
    assertThat(driver.feed(TestEvent.of(PAID))).isEqualTo(APPLIED);
    driver.feed(paid("a", 1, "1", "x"));
    assertThat(driver.feature("all", "paid_1h")).hasValue(2);
  }
}
