package dev.freshet.flights;

import static dev.freshet.definition.Aggregates.first;
import static dev.freshet.definition.Aggregates.firstAt;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.latestAt;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.flights.Flights.DELAY_MINUTES;
import static dev.freshet.flights.Flights.FLIGHT_DEPARTED;
import static dev.freshet.flights.Flights.FLIGHT_SCHEDULED;
import static dev.freshet.flights.Flights.ROUTE;
import static dev.freshet.input.Filter.typeIs;

import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class RouteTimetableHandler extends AggregatorHandler {

  private static final OfEvents EARLIER = latestAt("earlier").where(typeIs(FLIGHT_SCHEDULED));
  private static final OfEvents EARLIER_DELAY = latest().of(DELAY_MINUTES).as("earlier_delay");
  private static final OfEvents LATER = firstAt("later").where(typeIs(FLIGHT_SCHEDULED));
  private static final OfEvents LATER_DELAY = first().of(DELAY_MINUTES).as("later_delay");

  static final FeatureGroup FEATURES =
      FeatureGroup.named("route_timetable")
          .describedAs(
              "The flights of a route just before and just after this time of day, one, two and"
                  + " seven days ago, and how late they left.")
          .dimension(ROUTE)
          .reads(FLIGHT_SCHEDULED, FLIGHT_DEPARTED)
          .over(hours(2).delayedBy(days(1)), EARLIER, EARLIER_DELAY)
          .over(hours(2).delayedBy(hours(22)), LATER, LATER_DELAY)
          .over(hours(2).delayedBy(days(2)), EARLIER, EARLIER_DELAY)
          .over(hours(2).delayedBy(hours(46)), LATER, LATER_DELAY)
          .over(hours(2).delayedBy(days(7)), EARLIER, EARLIER_DELAY)
          .over(hours(2).delayedBy(hours(166)), LATER, LATER_DELAY)
          .build();

  public RouteTimetableHandler() {
    super(FEATURES);
  }
}
