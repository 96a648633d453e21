package dev.freshet.flights;

import static dev.freshet.input.Filter.above;
import static dev.freshet.input.Input.decimal;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.Lifecycle;
import dev.freshet.definition.Stage;
import dev.freshet.definition.Status;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;

/**
 * The events of the airlines' systems, as they are, and what the feature groups of this package
 * share.
 */
final class Flights {

  /** An event has no id of its own: a leg is scheduled once and departs once. */
  private static final EventFormat FORMAT =
      EventFormat.json()
          .id("event", "flight.leg")
          .type("event")
          .occurredAt("recorded_at", TimeFormat.EPOCH_SECONDS);

  static final EventType FLIGHT_SCHEDULED =
      new EventType("FLIGHT_SCHEDULED", "flight-scheduled", FORMAT)
          .carrying("flight.origin", "flight.destination", "flight.distance_miles");
  static final EventType FLIGHT_DEPARTED =
      new EventType("FLIGHT_DEPARTED", "flight-departed", FORMAT)
          .carrying(
              "flight.origin",
              "flight.destination",
              "flight.distance_miles",
              "departure.scheduled_at",
              "departure.actual_at",
              "departure.delay_minutes");

  static final Entity ORIGIN = Entity.named("origin").by("flight.origin");
  static final Entity DESTINATION = Entity.named("destination").by("flight.destination");
  static final Entity ROUTE = Entity.named("route").by("flight.origin", "flight.destination");
  static final Entity NETWORK = Entity.global("network");

  /** The airport of a flight's destination, in the events of flights that leave it. */
  static final Entity LEFT_DESTINATION = Entity.named("destination").by("flight.origin");

  private static final Lifecycle FLIGHT = Lifecycle.named("flight").by("flight.leg");

  static final Stage SCHEDULED = FLIGHT.stage("scheduled", FLIGHT_SCHEDULED);
  static final Stage DEPARTED = FLIGHT.stage("departed", FLIGHT_DEPARTED);

  static final Status UNDEPARTED = Status.open("undeparted").since(SCHEDULED).until(DEPARTED);

  static final Input DELAY_MINUTES = decimal("departure.delay_minutes");

  /** Passes departures that airlines and their regulator call late. */
  static final Filter LATE = above(DELAY_MINUTES, 15);

  private Flights() {}
}
