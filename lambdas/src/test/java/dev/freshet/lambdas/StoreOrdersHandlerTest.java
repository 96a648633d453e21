package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_ACCEPTED;
import static dev.freshet.lambdas.Orders.ORDER_CANCELLED;
import static dev.freshet.lambdas.Orders.ORDER_CREATED;
import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;
import static dev.freshet.lambdas.Orders.ORDER_PICKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.definition.EventType;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreOrdersHandlerTest {

  private final FeatureTestDriver driver = FeatureTestDriver.of(StoreOrdersHandler.FEATURES);

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

    assertThat(driver.features("a")).hasSize(7);
    assertFeature("created_5m", 0);
    assertFeature("created_10m", 5);
    assertFeature("created_30m", 5);
    assertFeature("picked_30m", 1);
    assertFeature("awaiting_acceptance", 1);
    assertFeature("unpicked", 2);
    assertFeature("undelivered", 3);
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    TestEvent event = event(ORDER_CREATED).id("once").with("orderId", "1").at(driver.now());
    driver.feed(event);
    Map<String, Double> features = driver.features("a");

    assertThat(driver.feed(event)).isEqualTo(Outcome.DUPLICATE);
    assertThat(driver.features("a")).isEqualTo(features);
  }

  @Test
  void anOrderLeavesEachFeatureExactlyAtItsEnd() {
    driver.feed(event(ORDER_CREATED).with("orderId", "1").at(driver.now()));

    driver.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(driver.feature("a", "created_5m")).hasValue(1);
    driver.advance(Duration.ofMillis(1));
    assertThat(driver.feature("a", "created_5m")).hasValue(0);

    driver.advance(Duration.ofMinutes(175).minusMillis(1));
    assertThat(driver.feature("a", "unpicked")).hasValue(1);
    driver.advance(Duration.ofMillis(1));
    assertThat(driver.feature("a", "unpicked")).hasValue(0);
  }

  private void assertFeature(String name, double value) {
    assertThat(driver.feature("a", name)).hasValueCloseTo(value, within(1e-9));
  }

  private static TestEvent event(EventType type) {
    return TestEvent.of(type).with("storeId", "a");
  }
}
