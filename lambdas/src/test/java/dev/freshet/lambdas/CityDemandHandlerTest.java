package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_CREATED;

import dev.freshet.testdriver.EntityDriver;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CityDemandHandlerTest {

  private final EntityDriver driver = EntityDriver.of(CityDemandHandler.FEATURES, "a");

  @Test
  void theFeaturesOfTwoEvents() {
    driver.feed(event(12));
    driver.advance(Duration.ofMinutes(2));
    driver.feed(event(18));

    driver.expect("created_1m", 1);
    driver.expect("created_5m", 2);
    driver.expect("created_15m", 2);
    driver.expect("created_60m", 2);
    driver.expect("amount_sum_60m", 30);
    driver.expect("amount_mean_60m", 15);
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(event(30));
  }

  @Test
  void anEventLeavesItsWindowExactlyAtItsEnd() {
    driver.feed(event(30));

    driver.expectFor(Duration.ofMinutes(1), "created_1m", 1);
    driver.expect("created_1m", 0);

    driver.advance(Duration.ofMinutes(59));
    driver.expect("amount_sum_60m", 0);
    driver.expectNone("amount_mean_60m");
  }

  private TestEvent event(long amount) {
    return TestEvent.of(ORDER_CREATED).with("cityCode", "a").with("totalAmount", amount);
  }
}
