package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CityDemandHandlerTest {

  private final FeatureTestDriver driver = FeatureTestDriver.of(CityDemandHandler.FEATURES);

  @Test
  void theFeaturesOfTwoEvents() {
    driver.feed(event(12));
    driver.advance(Duration.ofMinutes(2));
    driver.feed(event(18));

    assertThat(driver.features("a")).hasSize(6);
    assertFeature("created_1m", 1);
    assertFeature("created_5m", 2);
    assertFeature("created_15m", 2);
    assertFeature("created_60m", 2);
    assertFeature("amount_sum_60m", 30);
    assertFeature("amount_mean_60m", 15);
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
  void anEventLeavesItsWindowExactlyAtItsEnd() {
    driver.feed(event(30).at(driver.now()));

    driver.advance(Duration.ofMinutes(1).minusMillis(1));
    assertThat(driver.feature("a", "created_1m")).hasValue(1);
    driver.advance(Duration.ofMillis(1));
    assertThat(driver.feature("a", "created_1m")).hasValue(0);

    driver.advance(Duration.ofMinutes(59));
    assertThat(driver.feature("a", "amount_sum_60m")).hasValue(0);
    assertThat(driver.feature("a", "amount_mean_60m")).isEmpty();
  }

  private void assertFeature(String name, double value) {
    assertThat(driver.feature("a", name)).hasValueCloseTo(value, within(1e-9));
  }

  private TestEvent event(long amount) {
    return TestEvent.of(ORDER_CREATED).with("cityCode", "a").with("totalAmount", amount);
  }
}
