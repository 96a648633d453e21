package dev.freshet.flights;

import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.flights.Flights.NETWORK;
import static dev.freshet.flights.Flights.SCHEDULED;
import static dev.freshet.input.Input.text;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class NetworkDelaysHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      Delays.of("network_delays", NETWORK)
          .describedAs("How late flights of the whole network leave, and how many have yet to.")
          .over(hours(1), entered(SCHEDULED))
          .over(days(1), distinct().of(text("flight.destination")).as("destinations"))
          .build();

  public NetworkDelaysHandler() {
    super(FEATURES);
  }
}
