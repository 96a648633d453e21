package dev.freshet.flights;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.flights.Flights.DELAY_MINUTES;
import static dev.freshet.flights.Flights.FLIGHT_DEPARTED;
import static dev.freshet.flights.Flights.LEFT_DESTINATION;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class DestinationDeparturesHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      FeatureGroup.named("destination_departures")
          .describedAs("How late flights leave the airport that another flight goes to.")
          .dimension(LEFT_DESTINATION)
          .reads(FLIGHT_DEPARTED)
          .value(DELAY_MINUTES)
          .over(last(20), mean())
          .over(hours(1), count("departed"), mean())
          .over(hours(3), mean())
          .build();

  public DestinationDeparturesHandler() {
    super(FEATURES);
  }
}
