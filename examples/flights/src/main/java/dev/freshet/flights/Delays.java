package dev.freshet.flights;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.flights.Flights.DELAY_MINUTES;
import static dev.freshet.flights.Flights.FLIGHT_DEPARTED;
import static dev.freshet.flights.Flights.LATE;
import static dev.freshet.flights.Flights.UNDEPARTED;

import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.Entity;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import java.time.Duration;

/** Starts the declaration of a group with the features that origin, route and others share. */
final class Delays {

  private static final OfEvents DEPARTED = count("departed");
  private static final OfEvents LATE_ONES = count("late").where(LATE);

  private Delays() {}

  static FeatureGroupBuilder of(String group, Entity entity) {
    return FeatureGroup.named(group)
        .dimension(entity)
        .reads(FLIGHT_DEPARTED)
        .value(DELAY_MINUTES)
        .over(last(20), mean())
        .over(hours(1), DEPARTED, mean())
        .over(hours(2), DEPARTED, LATE_ONES)
        .over(hours(3), DEPARTED, mean(), percentile(90), max())
        .derive(ratio("late_share_2h", "late_2h", "departed_2h"))
        .over(lookBack(Duration.ofHours(6)), UNDEPARTED, UNDEPARTED.oldest("oldest_undeparted"));
  }

  /**
   * Starts the declaration of a group of 30 days and of all time. A departure counts a day after
   * its time at the latest, which is how long streams keep it.
   */
  static FeatureGroupBuilder ofHistory(String group, Entity entity) {
    Duration day = Duration.ofDays(1);
    return FeatureGroup.named(group)
        .dimension(entity)
        .reads(FLIGHT_DEPARTED)
        .value(DELAY_MINUTES)
        .lateness(day)
        .over(days(30).every(day), DEPARTED, LATE_ONES, mean(), percentile(50), percentile(90))
        .over(lifetime(), DEPARTED, LATE_ONES, mean())
        .derive(
            ratio("late_share_30d", "late_30d", "departed_30d"),
            ratio("late_share_lifetime", "late_lifetime", "departed_lifetime"));
  }
}
