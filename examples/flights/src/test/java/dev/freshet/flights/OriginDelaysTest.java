package dev.freshet.flights;

import static dev.freshet.flights.FlightEvents.departed;
import static dev.freshet.flights.FlightEvents.scheduled;

import dev.freshet.testdriver.EntityDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OriginDelaysTest {

  private final EntityDriver driver = EntityDriver.of(OriginHandler.DELAYS, "LAS");

  @Test
  void theFeaturesOfTwoDeparturesAndAFlightThatStillWaits() {
    long start = driver.now().toEpochMilli();
    driver.feed(scheduled("LAS-PHL-1", "LAS", "PHL"));
    driver.feed(scheduled("LAS-SFO-1", "LAS", "SFO"));
    driver.feed(scheduled("LAS-SFO-2", "LAS", "SFO"));
    driver.feed(departed("LAS-PHL-1", "LAS", "PHL", "-4.0"));
    driver.advance(Duration.ofMinutes(90));
    driver.feed(departed("LAS-SFO-1", "LAS", "SFO", "90.0"));

    driver.expect("mean", 43);
    driver.expect("ewma", (-4 * 0.8 + 90) / 1.8);
    driver.expect("latest", 90);
    driver.expect("departed_1h", 1);
    driver.expect("mean_1h", 90);
    driver.expect("departed_2h", 2);
    driver.expect("late_2h", 1);
    driver.expect("late_share_2h", 0.5);
    driver.expect("departed_3h", 2);
    driver.expect("mean_3h", 43);
    driver.expect("p90_3h", 80.6);
    driver.expect("max_3h", 90);
    driver.expect("destinations_1d", 2);
    driver.expect("scheduled_1h", 0);
    driver.expect("undeparted", 1);
    driver.expect("oldest_undeparted_at", start);
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(departed("LAS-PHL-1", "LAS", "PHL", "7.5"));
  }

  @Test
  void flightsOfOneRouteAndMinuteAreDifferentFlights() {
    driver.feed(departed("LAS-PHL-1", "LAS", "PHL", "7.0"));
    driver.feed(departed("LAS-PHL-2", "LAS", "PHL", "7.0"));

    driver.expect("departed_1h", 2);
  }

  @Test
  void aFlightIsLateWhenItLeavesMoreThanFifteenMinutesAfterItsTime() {
    driver.feed(departed("LAS", "PHL", "15.0"));
    driver.expect("late_share_2h", 0);

    driver.feed(departed("LAS", "PHL", "15.5"));
    driver.expect("late_share_2h", 0.5);
  }

  @Test
  void eachWindowEndsExactlyAtItsEnd() {
    driver.feed(scheduled("LAS-PHL-1", "LAS", "PHL"));
    driver.feed(departed("LAS-SFO-1", "LAS", "SFO", "20.0"));

    driver.expectFor(Duration.ofHours(1), "departed_1h", 1);
    driver.expectNone("mean_1h");
    driver.expectFor(Duration.ofHours(1), "late_2h", 1);
    driver.expectNone("late_share_2h");
    driver.expectFor(Duration.ofHours(1), "max_3h", 20);
    driver.expectFor(Duration.ofHours(3), "undeparted", 1);
    driver.expectFor(Duration.ofHours(18), "destinations_1d", 1);
    driver.expect("mean", 20);
  }
}
