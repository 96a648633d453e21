package dev.freshet.flights;

import static dev.freshet.flights.FlightEvents.departed;
import static dev.freshet.flights.FlightEvents.scheduled;

import dev.freshet.testdriver.EntityDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NetworkDelaysHandlerTest {

  private final EntityDriver driver = EntityDriver.of(NetworkDelaysHandler.FEATURES, "all");

  @Test
  void theFeaturesOfFlightsOfTwoRoutes() {
    long start = driver.now().toEpochMilli();
    driver.feed(scheduled("SFO-BOS-1", "SFO", "BOS"));
    driver.feed(departed("LAS", "PHL", "30.0"));
    driver.advance(Duration.ofMinutes(10));
    driver.feed(departed("BOS", "ORD", "10.0"));

    driver.expect("mean", 20);
    driver.expect("departed_1h", 2);
    driver.expect("mean_1h", 20);
    driver.expect("departed_2h", 2);
    driver.expect("late_2h", 1);
    driver.expect("late_share_2h", 0.5);
    driver.expect("departed_3h", 2);
    driver.expect("mean_3h", 20);
    driver.expect("p90_3h", 28);
    driver.expect("max_3h", 30);
    driver.expect("destinations_1d", 2);
    driver.expect("scheduled_1h", 1);
    driver.expect("undeparted", 1);
    driver.expect("oldest_undeparted_at", start);
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(departed("LAS-PHL-1", "LAS", "PHL", "7.5"));
  }
}
