package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;

import dev.freshet.testdriver.EntityDriver;
import dev.freshet.testdriver.TestEvent;
import org.junit.jupiter.api.Test;

class CourierAcceptTimeHandlerTest {

  private final EntityDriver driver = EntityDriver.of(CourierAcceptTimeHandler.FEATURES, "a");

  /** Their sum is 600; the squares of their differences from 60 sum to 8050. */
  @Test
  void theFeaturesOfTenEvents() {
    driver.feedEach(this::event, 30, 60, 45, 90, 20, 75, 50, 120, 40, 70);

    driver.expect("count", 10);
    driver.expect("mean", 60);
    driver.expect("stddev", Math.sqrt(8_050 / 9.0));
    driver.expect("p90", 90 + 0.1 * (120 - 90));
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(event(30));
  }

  @Test
  void only50EventsCount() {
    driver.feedEach(this::event, 1_000);
    driver.feedTimes(50, () -> event(7));

    driver.expect("count", 50);
    driver.expect("mean", 7);
  }

  private TestEvent event(long seconds) {
    return TestEvent.of(ORDER_DELIVERED)
        .with("courierId", "a")
        .with("courierRequestedAt", driver.now().minusSeconds(seconds))
        .with("courierAcceptedAt", driver.now());
  }
}
