package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_PICKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorePreparationTimeHandlerTest {

  private final FeatureTestDriver driver =
      FeatureTestDriver.of(StorePreparationTimeHandler.FEATURES);

  /** 20 and 40 in turn: a pure oscillation with a period of two events and an amplitude of 10. */
  @Test
  void theFeaturesOfTenEvents() {
    for (int i = 0; i < 10; i++) {
      driver.feed(event(i % 2 == 0 ? 20 : 40));
      driver.advance(Duration.ofSeconds(1));
    }

    assertThat(driver.features("a")).hasSize(14);
    assertFeature("count", 10);
    assertFeature("mean", 30);
    assertFeature("variance", 10 * 100 / 9.0);
    assertFeature("stddev", Math.sqrt(10 * 100 / 9.0));
    assertFeature("min", 20);
    assertFeature("max", 40);
    assertFeature("p50", 30);
    assertFeature("p90", 40);
    assertFeature("rolling_mean_5", (3 * 40 + 2 * 20) / 5.0);
    assertFeature("rolling_mean_10", 30);
    assertFeature("ewma", (40 + 0.8 * 20) / 1.8);
    assertFeature("slope", 50 / 82.5);
    assertFeature("dominant_frequency", 0.5);
    assertFeature("spectral_entropy", 0);
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
    return TestEvent.of(ORDER_PICKED)
        .with("storeId", "a")
        .with("acceptedAt", driver.now().minusSeconds(seconds))
        .with("pickedAt", driver.now());
  }
}
