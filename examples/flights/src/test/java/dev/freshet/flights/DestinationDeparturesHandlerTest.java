package dev.freshet.flights;

import static dev.freshet.flights.FlightEvents.departed;

import dev.freshet.testdriver.EntityDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DestinationDeparturesHandlerTest {

  private final EntityDriver driver = EntityDriver.of(DestinationDeparturesHandler.FEATURES, "PHL");

  @Test
  void theFeaturesOfTwoFlightsThatLeaveTheAirport() {
    driver.feed(departed("PHL", "BOS", "30.0"));
    driver.advance(Duration.ofHours(2));
    driver.feed(departed("PHL", "LAS", "10.0"));

    driver.expect("mean", 20);
    driver.expect("departed_1h", 1);
    driver.expect("mean_1h", 10);
    driver.expect("mean_3h", 20);
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(departed("PHL-BOS-1", "PHL", "BOS", "7.5"));
  }
}
