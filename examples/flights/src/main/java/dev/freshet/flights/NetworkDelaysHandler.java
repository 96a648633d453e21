package dev.freshet.flights;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.flights.Flights.DELAY_MINUTES;
import static dev.freshet.flights.Flights.FLIGHT_DEPARTED;
import static dev.freshet.flights.Flights.LATE;
import static dev.freshet.flights.Flights.NETWORK;
import static dev.freshet.flights.Flights.SCHEDULED;
import static dev.freshet.flights.Flights.UNDEPARTED;
import static dev.freshet.input.Input.text;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import java.time.Duration;

public final class NetworkDelaysHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      FeatureGroup.named("network_delays")
          .describedAs("How late flights of the whole network leave, and how many have yet to.")
          .dimension(NETWORK)
          .reads(FLIGHT_DEPARTED)
          .value(DELAY_MINUTES)
          .over(last(20), mean())
          .over(hours(1), count("departed"), mean())
          .over(hours(2), count("departed"), count("late").where(LATE))
          .over(hours(3), count("departed"), mean(), percentile(90), max())
          .over(days(1), distinct().of(text("flight.destination")).as("destinations"))
          .derive(ratio("late_share_2h", "late_2h", "departed_2h"))
          .over(hours(1), entered(SCHEDULED))
          .over(lookBack(Duration.ofHours(6)), UNDEPARTED, UNDEPARTED.oldest("oldest_undeparted"))
          .build();

  public NetworkDelaysHandler() {
    super(FEATURES);
  }
}
