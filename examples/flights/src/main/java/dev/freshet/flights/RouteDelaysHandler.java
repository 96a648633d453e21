package dev.freshet.flights;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.ewma;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.rollingMean;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.flights.Flights.DELAY_MINUTES;
import static dev.freshet.flights.Flights.FLIGHT_DEPARTED;
import static dev.freshet.flights.Flights.LATE;
import static dev.freshet.flights.Flights.ROUTE;
import static dev.freshet.flights.Flights.UNDEPARTED;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import java.time.Duration;

public final class RouteDelaysHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      FeatureGroup.named("route_delays")
          .describedAs("How late flights of a route leave, and how many have yet to.")
          .dimension(ROUTE)
          .reads(FLIGHT_DEPARTED)
          .value(DELAY_MINUTES)
          .over(last(20), mean(), rollingMean(3), ewma(), latest(), percentile(50))
          .over(hours(1), count("departed"), mean())
          .over(hours(2), count("departed"), count("late").where(LATE))
          .over(hours(3), count("departed"), mean(), percentile(90), max())
          .derive(ratio("late_share_2h", "late_2h", "departed_2h"))
          .over(hours(3).delayedBy(hours(22)), mean())
          .over(days(7), mean())
          .over(lookBack(Duration.ofHours(6)), UNDEPARTED, UNDEPARTED.oldest("oldest_undeparted"))
          .build();

  public RouteDelaysHandler() {
    super(FEATURES);
  }
}
