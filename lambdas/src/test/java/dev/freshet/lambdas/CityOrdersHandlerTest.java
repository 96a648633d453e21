package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_CANCELLED;
import static dev.freshet.lambdas.Orders.ORDER_CREATED;
import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.definition.EventType;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CityOrdersHandlerTest {

  private final FeatureTestDriver driver = FeatureTestDriver.of(CityOrdersHandler.FEATURES);

  @Test
  void theFeaturesOfThreeOrders() {
    for (String order : new String[] {"1", "2", "3"}) {
      driver.feed(event(ORDER_CREATED).with("orderId", order));
    }
    driver.advance(Duration.ofMinutes(20));
    driver.feed(event(ORDER_DELIVERED).with("orderId", "1"));
    driver.feed(event(ORDER_CANCELLED).with("orderId", "2"));

    assertThat(driver.features("a")).hasSize(2);
    assertFeature("delivered_30m", 1);
    assertFeature("undelivered", 1);
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
    driver.feed(event(ORDER_DELIVERED).with("orderId", "2").at(driver.now()));

    driver.advance(Duration.ofMinutes(30).minusMillis(1));
    assertThat(driver.feature("a", "delivered_30m")).hasValue(1);
    driver.advance(Duration.ofMillis(1));
    assertThat(driver.feature("a", "delivered_30m")).hasValue(0);

    driver.advance(Duration.ofMinutes(150).minusMillis(1));
    assertThat(driver.feature("a", "undelivered")).hasValue(1);
    driver.advance(Duration.ofMillis(1));
    assertThat(driver.feature("a", "undelivered")).hasValue(0);
  }

  private void assertFeature(String name, double value) {
    assertThat(driver.feature("a", name)).hasValueCloseTo(value, within(1e-9));
  }

  private static TestEvent event(EventType type) {
    return TestEvent.of(type).with("cityCode", "a");
  }
}
