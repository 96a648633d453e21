package dev.freshet.testdriver;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.amount;
import static dev.freshet.testing.TestGroups.AREA;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.definition.FeatureGroup;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EntityDriverTest {

  private static final FeatureGroup GROUP =
      FeatureGroup.named("takings")
          .dimension(AREA)
          .reads(ITEM_CREATED)
          .value(amount("totalAmount"))
          .over(minutes(1), count("created"), mean("amount"))
          .build();

  private final EntityDriver driver = EntityDriver.of(GROUP, "a");

  @Test
  void metExpectationsAreSilent() {
    driver.feedEach(this::event, 10, 20);
    driver.expect("created_1m", 2);
    driver.expect("amount_mean_1m", 15);
    driver.expectNoOther();

    driver.advance(Duration.ofMinutes(1));
    driver.feedTwice(event(30));
    driver.expectFor(Duration.ofMinutes(1), "amount_mean_1m", 30);
    driver.expectNone("amount_mean_1m");
  }

  @Test
  void eachExpectationThatIsNotMetFails() {
    driver.feedTimes(2, () -> event(30));

    fails(() -> driver.expect("created_1m", 1), "created_1m of a is 2.0, not 1.0");
    fails(() -> driver.expect("amount_sum_1m", 1), "amount_sum_1m of a is null");
    fails(() -> driver.expectNoOther(), "amount_mean_1m");
    fails(() -> driver.expectNone("amount_mean_1m"), "amount_mean_1m=30.0");
    fails(() -> driver.expectFor(Duration.ofSeconds(9), "created_1m", 2), "is still 2.0");
    fails(() -> driver.expectFor(Duration.ofMinutes(1), "created_1m", 2), "is 0.0, not 2.0");
  }

  @Test
  void anEventThatIsNotAppliedFails() {
    TestEvent event = event(1).id("once").with("itemId", "1").at(driver.now());
    driver.feed(event);

    fails(() -> driver.feed(event), "\"eventId\":\"once\"");
    fails(() -> driver.feedTwice(TestEvent.of(ITEM_CREATED)), "Skipped");
  }

  private static void fails(ThrowingCallable expectation, String message) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(expectation)
        .withMessageContaining(message);
  }

  private TestEvent event(long amount) {
    return TestEvent.of(ITEM_CREATED).with("areaCode", "a").with("totalAmount", amount);
  }
}
