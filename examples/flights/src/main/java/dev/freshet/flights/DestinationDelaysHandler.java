package dev.freshet.flights;

import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Aggregates.ewma;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.flights.Flights.DESTINATION;
import static dev.freshet.flights.Flights.SCHEDULED;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class DestinationDelaysHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      Delays.of("destination_delays", DESTINATION)
          .describedAs("How late flights to an airport leave, and how many have yet to.")
          .over(last(20), ewma(), latest())
          .over(hours(1), entered(SCHEDULED))
          .build();

  public DestinationDelaysHandler() {
    super(FEATURES);
  }
}
