package dev.freshet.flights;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.flights.Flights.DELAY_MINUTES;
import static dev.freshet.flights.Flights.FLIGHT_DEPARTED;
import static dev.freshet.flights.Flights.LATE;
import static dev.freshet.flights.Flights.UNDEPARTED;

import dev.freshet.definition.Entity;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import java.time.Duration;

/** Starts the declaration of a group with the features that origin, route and others share. */
final class Delays {

  private Delays() {}

  static FeatureGroupBuilder of(String group, Entity entity) {
    return FeatureGroup.named(group)
        .dimension(entity)
        .reads(FLIGHT_DEPARTED)
        .value(DELAY_MINUTES)
        .over(last(20), mean())
        .over(hours(1), count("departed"), mean())
        .over(hours(2), count("departed"), count("late").where(LATE))
        .over(hours(3), count("departed"), mean(), percentile(90), max())
        .derive(ratio("late_share_2h", "late_2h", "departed_2h"))
        .over(lookBack(Duration.ofHours(6)), UNDEPARTED, UNDEPARTED.oldest("oldest_undeparted"));
  }
}
