package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_CANCELLED;
import static dev.freshet.lambdas.Orders.ORDER_CREATED;
import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;

import dev.freshet.definition.EventType;
import dev.freshet.testdriver.EntityDriver;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CityOrdersHandlerTest {

  private final EntityDriver driver = EntityDriver.of(CityOrdersHandler.FEATURES, "a");

  @Test
  void theFeaturesOfThreeOrders() {
    for (String order : new String[] {"1", "2", "3"}) {
      driver.feed(event(ORDER_CREATED).with("orderId", order));
    }
    driver.advance(Duration.ofMinutes(20));
    driver.feed(event(ORDER_DELIVERED).with("orderId", "1"));
    driver.feed(event(ORDER_CANCELLED).with("orderId", "2"));

    driver.expect("delivered_30m", 1);
    driver.expect("undelivered", 1);
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(event(ORDER_CREATED));
  }

  @Test
  void anOrderLeavesEachFeatureExactlyAtItsEnd() {
    driver.feed(event(ORDER_CREATED).with("orderId", "1"));
    driver.feed(event(ORDER_DELIVERED).with("orderId", "2"));

    driver.expectFor(Duration.ofMinutes(30), "delivered_30m", 1);
    driver.expect("delivered_30m", 0);

    driver.expectFor(Duration.ofMinutes(150), "undelivered", 1);
    driver.expect("undelivered", 0);
  }

  private static TestEvent event(EventType type) {
    return TestEvent.of(type).with("cityCode", "a");
  }
}
