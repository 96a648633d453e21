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

class CustomerWaitingTimeHandlerTest {

  private final FeatureTestDriver driver =
      FeatureTestDriver.of(CustomerWaitingTimeHandler.FEATURES);

  @Test
  void theFeaturesOfTenEvents() {
    for (long each : new long[] {30, 60, 45, 90, 20, 75, 50, 120, 40, 70}) {
      driver.feed(event(each));
      driver.advance(Duration.ofSeconds(1));
    }

    assertThat(driver.features("a")).hasSize(3);
    assertFeature("count", 10);
    assertFeature("mean", 60);
    assertFeature("p90", 90 + 0.1 * (120 - 90));
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
  void only20EventsCount() {
    driver.feed(event(1_000));
    for (int i = 0; i < 20; i++) {
      driver.advance(Duration.ofSeconds(1));
      driver.feed(event(7));
    }

    assertFeature("count", 20);
    assertFeature("mean", 7);
  }

  private void assertFeature(String name, double value) {
    assertThat(driver.feature("a", name)).hasValueCloseTo(value, within(1e-9));
  }

  private TestEvent event(long seconds) {
    return TestEvent.of(ORDER_DELIVERED)
        .with("customerId", "a")
        .with("arrivedAt", driver.now().minusSeconds(seconds))
        .with("deliveredAt", driver.now());
  }
}
