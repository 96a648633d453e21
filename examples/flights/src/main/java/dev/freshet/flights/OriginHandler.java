package dev.freshet.flights;

import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Aggregates.ewma;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.flights.Flights.ORIGIN;
import static dev.freshet.flights.Flights.SCHEDULED;
import static dev.freshet.input.Input.text;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

/** Two groups of one function: each event of an airport is read once for both. */
public final class OriginHandler extends AggregatorHandler {

  static final FeatureGroup DELAYS =
      Delays.of("origin_delays", ORIGIN)
          .describedAs("How late flights leave an airport, and how many it has yet to let go.")
          .over(last(20), ewma(), latest())
          .over(hours(1), entered(SCHEDULED))
          .over(days(1), distinct().of(text("flight.destination")).as("destinations"))
          .build();

  static final FeatureGroup HISTORY =
      Delays.ofHistory("origin_history", ORIGIN)
          .describedAs("How late flights leave an airport, of 30 days and of all time.")
          .build();

  public OriginHandler() {
    super(DELAYS, HISTORY);
  }
}
