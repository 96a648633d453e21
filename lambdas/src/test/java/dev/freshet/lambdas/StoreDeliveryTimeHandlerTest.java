package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreDeliveryTimeHandlerTest {

  private final FeatureTestDriver driver = FeatureTestDriver.of(StoreDeliveryTimeHandler.FEATURES);

  @Test
  void theFeaturesOfTwoEvents() {
    driver.feed(event(100));
    driver.advance(Duration.ofSeconds(1));
    driver.feed(event(190));

    assertThat(driver.features("a")).hasSize(5);
    assertFeature("count", 2);
    assertFeature("mean", 145);
    assertFeature("stddev", Math.sqrt(45 * 45 + 45 * 45));
    assertFeature("p90", 100 + 0.9 * (190 - 100));
    assertFeature("ewma", (190 + 0.8 * 100) / 1.8);
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    TestEvent event = event(30).id("once").with("orderId", "1").at(driver.now());
    driver.feed(event);
    Map<String, Double> features = driver.features("a");

    assertThat(driver.feed(event)).isEqualTo(Outcome.DUPLICATE);
    assertThat(driver.features("a")).isEqualTo(features);
  }

  @Test
  void only50EventsCount() {
    driver.feed(event(1_000));
    for (int i = 0; i < 50; i++) {
      driver.advance(Duration.ofSeconds(1));
      driver.feed(event(7));
    }

    assertFeature("count", 50);
    assertFeature("mean", 7);
  }

  private void assertFeature(String name, double value) {
    assertThat(driver.feature("a", name)).hasValueCloseTo(value, within(1e-9));
  }

  private TestEvent event(long seconds) {
    return TestEvent.of(ORDER_DELIVERED)
        .with("storeId", "a")
        .with("createdAt", driver.now().minusSeconds(seconds))
        .with("deliveredAt", driver.now());
  }
}
