package dev.freshet.flights;

import static dev.freshet.flights.FlightEvents.departed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testdriver.EntityDriver;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RouteHistoryHandlerTest {

  private final EntityDriver driver = EntityDriver.of(RouteHistoryHandler.FEATURES, "LAS|PHL");

  /** Of all time there are five departures, of 30 days the last four. */
  @Test
  void theFeaturesOfFiveDepartures() {
    driver.feed(departed("LAS", "PHL", "115.0"));
    driver.advance(Duration.ofDays(100));
    driver.feed(departed("LAS", "PHL", "-5.0"));
    driver.feed(departed("LAS", "PHL", "0.0"));
    driver.advance(Duration.ofDays(20));
    driver.feed(departed("LAS", "PHL", "10.0"));
    driver.feed(departed("LAS", "PHL", "35.0"));

    driver.expect("departed_30d", 4);
    driver.expect("late_30d", 1);
    driver.expect("mean_30d", 10);
    driver.expectAbout("p50_30d", 5, 0.01);
    driver.expectAbout("p90_30d", 10 + 0.7 * 25, 0.01);
    driver.expect("departed_lifetime", 5);
    driver.expect("late_lifetime", 2);
    driver.expect("mean_lifetime", 31);
    driver.expect("late_share_30d", 0.25);
    driver.expect("late_share_lifetime", 0.4);
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(departed("LAS-PHL-1", "LAS", "PHL", "7.5"));
  }

  @Test
  void aDepartureThatArrivesADayAfterItsTimeIsLate() {
    FeatureTestDriver events = FeatureTestDriver.of(RouteHistoryHandler.FEATURES);

    assertThat(
            events.feed(departed("LAS", "PHL", "1.0").at(events.now().minus(Duration.ofDays(1)))))
        .isEqualTo(Outcome.LATE);
    assertThat(
            events.feed(departed("LAS", "PHL", "1.0").at(events.now().minus(Duration.ofHours(23)))))
        .isEqualTo(Outcome.APPLIED);
  }
}
