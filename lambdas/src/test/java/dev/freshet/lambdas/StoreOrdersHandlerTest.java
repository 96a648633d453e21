package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_ACCEPTED;
import static dev.freshet.lambdas.Orders.ORDER_CANCELLED;
import static dev.freshet.lambdas.Orders.ORDER_CREATED;
import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;
import static dev.freshet.lambdas.Orders.ORDER_PICKED;

import dev.freshet.definition.EventType;
import dev.freshet.testdriver.EntityDriver;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreOrdersHandlerTest {

  private final EntityDriver driver = EntityDriver.of(StoreOrdersHandler.FEATURES, "a");

  @Test
  void theFeaturesOfFiveOrders() {
    for (String order : new String[] {"1", "2", "3", "4", "5"}) {
      driver.feed(event(ORDER_CREATED).with("orderId", order));
    }
    driver.advance(Duration.ofMinutes(7));
    driver.feed(event(ORDER_ACCEPTED).with("orderId", "1"));
    driver.feed(event(ORDER_PICKED).with("orderId", "2"));
    driver.feed(event(ORDER_DELIVERED).with("orderId", "3"));
    driver.feed(event(ORDER_CANCELLED).with("orderId", "4"));

    driver.expect("created_5m", 0);
    driver.expect("created_10m", 5);
    driver.expect("created_30m", 5);
    driver.expect("picked_30m", 1);
    driver.expect("awaiting_acceptance", 1);
    driver.expect("unpicked", 2);
    driver.expect("undelivered", 3);
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(event(ORDER_CREATED));
  }

  @Test
  void anOrderLeavesEachFeatureExactlyAtItsEnd() {
    driver.feed(event(ORDER_CREATED).with("orderId", "1"));

    driver.expectFor(Duration.ofMinutes(5), "created_5m", 1);
    driver.expect("created_5m", 0);

    driver.expectFor(Duration.ofMinutes(175), "unpicked", 1);
    driver.expect("unpicked", 0);
  }

  private static TestEvent event(EventType type) {
    return TestEvent.of(type).with("storeId", "a");
  }
}
