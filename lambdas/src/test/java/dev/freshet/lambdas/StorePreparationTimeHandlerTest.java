package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_PICKED;

import dev.freshet.testdriver.EntityDriver;
import dev.freshet.testdriver.TestEvent;
import org.junit.jupiter.api.Test;

class StorePreparationTimeHandlerTest {

  private final EntityDriver driver = EntityDriver.of(StorePreparationTimeHandler.FEATURES, "a");

  /** 20 and 40 in turn: a pure oscillation with a period of two events and an amplitude of 10. */
  @Test
  void theFeaturesOfTenEvents() {
    driver.feedEach(this::event, 20, 40, 20, 40, 20, 40, 20, 40, 20, 40);

    driver.expect("count", 10);
    driver.expect("mean", 30);
    driver.expect("variance", 10 * 100 / 9.0);
    driver.expect("stddev", Math.sqrt(10 * 100 / 9.0));
    driver.expect("min", 20);
    driver.expect("max", 40);
    driver.expect("p50", 30);
    driver.expect("p90", 40);
    driver.expect("rolling_mean_5", (3 * 40 + 2 * 20) / 5.0);
    driver.expect("rolling_mean_10", 30);
    driver.expect("ewma", (40 + 0.8 * 20) / 1.8);
    driver.expect("slope", 50 / 82.5);
    driver.expect("dominant_frequency", 0.5);
    driver.expect("spectral_entropy", 0);
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
    return TestEvent.of(ORDER_PICKED)
        .with("storeId", "a")
        .with("acceptedAt", driver.now().minusSeconds(seconds))
        .with("pickedAt", driver.now());
  }
}
