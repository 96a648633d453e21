package dev.freshet.flights;

import static dev.freshet.flights.FlightEvents.departed;

import dev.freshet.testdriver.EntityDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OriginHistoryTest {

  private final EntityDriver driver = EntityDriver.of(OriginHandler.HISTORY, "LAS");

  @Test
  void theFeaturesOfDeparturesToTwoAirports() {
    driver.feed(departed("LAS", "PHL", "60.0"));
    driver.feed(departed("LAS", "SFO", "10.0"));
    driver.advance(Duration.ofDays(40));
    driver.feed(departed("LAS", "SFO", "20.0"));

    driver.expect("departed_30d", 1);
    driver.expect("late_30d", 1);
    driver.expect("mean_30d", 20);
    driver.expectAbout("p50_30d", 20, 0.01);
    driver.expectAbout("p90_30d", 20, 0.01);
    driver.expect("departed_lifetime", 3);
    driver.expect("late_lifetime", 2);
    driver.expect("mean_lifetime", 30);
    driver.expect("late_share_30d", 1);
    driver.expect("late_share_lifetime", 2 / 3.0);
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(departed("LAS-PHL-1", "LAS", "PHL", "7.5"));
  }
}
