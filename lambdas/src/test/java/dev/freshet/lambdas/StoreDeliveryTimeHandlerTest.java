package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;

import dev.freshet.testdriver.EntityDriver;
import dev.freshet.testdriver.TestEvent;
import org.junit.jupiter.api.Test;

class StoreDeliveryTimeHandlerTest {

  private final EntityDriver driver = EntityDriver.of(StoreDeliveryTimeHandler.FEATURES, "a");

  @Test
  void theFeaturesOfTwoEvents() {
    driver.feedEach(this::event, 100, 190);

    driver.expect("count", 2);
    driver.expect("mean", 145);
    driver.expect("stddev", Math.sqrt(45 * 45 + 45 * 45));
    driver.expect("p90", 100 + 0.9 * (190 - 100));
    driver.expect("ewma", (190 + 0.8 * 100) / 1.8);
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
        .with("storeId", "a")
        .with("createdAt", driver.now().minusSeconds(seconds))
        .with("deliveredAt", driver.now());
  }
}
