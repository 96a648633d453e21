package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testdriver.EntityDriver;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CourierHistoryHandlerTest {

  private final EntityDriver driver = EntityDriver.of(CourierHistoryHandler.FEATURES, "a");

  /** The lifetime has four deliveries, 30 days the last three, 7 days the last two. */
  @Test
  void theFeaturesOfFourDeliveries() {
    Instant first = driver.now();
    driver.feed(delivery(500));
    driver.advance(Duration.ofDays(100));
    driver.feed(delivery(20));
    driver.advance(Duration.ofDays(20));
    driver.feed(delivery(40));
    driver.feed(delivery(90));

    driver.expect("deliveries_lifetime", 4);
    driver.expect("first_delivery_lifetime_at", first.toEpochMilli());
    driver.expect("deliveries_30d", 3);
    driver.expect("accept_time_mean_30d", 50);
    driver.expectAbout("accept_time_p90_30d", 80, 0.01);
    driver.expect("deliveries_7d", 2);
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(delivery(30));
  }

  @Test
  void aDeliveryWithoutTheTimesOfItsRequestCountsAsOne() {
    driver.feed(TestEvent.of(ORDER_DELIVERED).with("courierId", "a"));

    driver.expect("deliveries_7d", 1);
    driver.expectNone("accept_time_mean_30d");
  }

  /** It is delivered at noon; seven days later, its whole day is still seen. */
  @Test
  void aDeliveryLeavesSevenDaysWithItsDay() {
    driver.feed(delivery(30));

    driver.expectFor(Duration.ofDays(7).plusHours(12), "deliveries_7d", 1);
    driver.expect("deliveries_7d", 0);
    driver.expect("deliveries_30d", 1);
    driver.expect("deliveries_lifetime", 1);
  }

  @Test
  void aDeliveryThatArrivesThreeDaysAfterItsTimeIsLate() {
    FeatureTestDriver events = FeatureTestDriver.of(CourierHistoryHandler.FEATURES);
    Instant latest = events.now().minus(Duration.ofDays(3));

    assertThat(events.feed(delivery(30).at(latest))).isEqualTo(Outcome.LATE);
    assertThat(events.feed(delivery(30).at(latest.plusMillis(1)))).isEqualTo(Outcome.APPLIED);
    assertThat(events.feature("a", "deliveries_lifetime")).hasValue(1);
  }

  private TestEvent delivery(long acceptSeconds) {
    return TestEvent.of(ORDER_DELIVERED)
        .with("courierId", "a")
        .with("courierRequestedAt", driver.now().minusSeconds(acceptSeconds))
        .with("courierAcceptedAt", driver.now());
  }
}
