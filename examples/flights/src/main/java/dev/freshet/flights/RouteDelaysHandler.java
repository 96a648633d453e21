package dev.freshet.flights;

import static dev.freshet.definition.Aggregates.ewma;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.rollingMean;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.flights.Flights.ROUTE;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class RouteDelaysHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      Delays.of("route_delays", ROUTE)
          .describedAs("How late flights of a route leave, and how many have yet to.")
          .over(last(20), ewma(), latest(), rollingMean(3), percentile(50))
          .over(hours(3).delayedBy(hours(22)), mean())
          .over(days(7), mean())
          .build();

  public RouteDelaysHandler() {
    super(FEATURES);
  }
}
