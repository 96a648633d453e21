package dev.freshet.flights;

import static dev.freshet.flights.Flights.ROUTE;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class RouteHistoryHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      Delays.ofHistory("route_history", ROUTE)
          .describedAs("How late flights of a route leave, of 30 days and of all time.")
          .build();

  public RouteHistoryHandler() {
    super(FEATURES);
  }
}
