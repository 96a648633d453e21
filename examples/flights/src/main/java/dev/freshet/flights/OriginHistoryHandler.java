package dev.freshet.flights;

import static dev.freshet.flights.Flights.ORIGIN;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class OriginHistoryHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      Delays.ofHistory("origin_history", ORIGIN)
          .describedAs("How late flights leave an airport, of 30 days and of all time.")
          .build();

  public OriginHistoryHandler() {
    super(FEATURES);
  }
}
