package dev.freshet.flights;

import static dev.freshet.flights.Flights.FLIGHT_DEPARTED;
import static dev.freshet.flights.Flights.FLIGHT_SCHEDULED;

import dev.freshet.definition.EventType;
import dev.freshet.testdriver.TestEvent;

/** Events as the airlines' systems write them; without a leg, each is of a leg of its own. */
final class FlightEvents {

  private FlightEvents() {}

  static TestEvent scheduled(String leg, String origin, String destination) {
    return flight(FLIGHT_SCHEDULED, origin, destination).with("flight.leg", leg);
  }

  static TestEvent departed(String leg, String origin, String destination, String delayMinutes) {
    return departed(origin, destination, delayMinutes).with("flight.leg", leg);
  }

  static TestEvent departed(String origin, String destination, String delayMinutes) {
    return flight(FLIGHT_DEPARTED, origin, destination)
        .with("departure.delay_minutes", delayMinutes);
  }

  private static TestEvent flight(EventType type, String origin, String destination) {
    return TestEvent.of(type)
        .with("flight.origin", origin)
        .with("flight.destination", destination)
        .with("flight.distance_miles", "2176.0");
  }
}
