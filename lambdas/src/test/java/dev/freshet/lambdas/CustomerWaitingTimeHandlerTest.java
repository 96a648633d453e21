package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;

import dev.freshet.testdriver.EntityDriver;
import dev.freshet.testdriver.TestEvent;
import org.junit.jupiter.api.Test;

class CustomerWaitingTimeHandlerTest {

  private final EntityDriver driver = EntityDriver.of(CustomerWaitingTimeHandler.FEATURES, "a");

  @Test
  void theFeaturesOfTenEvents() {
    driver.feedEach(this::event, 30, 60, 45, 90, 20, 75, 50, 120, 40, 70);

    driver.expect("count", 10);
    driver.expect("mean", 60);
    driver.expect("p90", 90 + 0.1 * (120 - 90));
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(event(30));
  }

  @Test
  void only20EventsCount() {
    driver.feedEach(this::event, 1_000);
    driver.feedTimes(20, () -> event(7));

    driver.expect("count", 20);
    driver.expect("mean", 7);
  }

  private TestEvent event(long seconds) {
    return TestEvent.of(ORDER_DELIVERED)
        .with("customerId", "a")
        .with("arrivedAt", driver.now().minusSeconds(seconds))
        .with("deliveredAt", driver.now());
  }
}
