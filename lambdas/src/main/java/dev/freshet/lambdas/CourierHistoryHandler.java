package dev.freshet.lambdas;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.firstAt;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.input.Input.seconds;
import static dev.freshet.lambdas.Orders.COURIER;
import static dev.freshet.lambdas.Orders.DAILY;
import static dev.freshet.lambdas.Orders.LATENESS;
import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;

import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import dev.freshet.input.Input;

public final class CourierHistoryHandler extends AggregatorHandler {

  private static final OfEvents DELIVERIES = count("deliveries");
  private static final Input ACCEPT_TIME = seconds("courierRequestedAt", "courierAcceptedAt");

  static final FeatureGroup FEATURES =
      FeatureGroup.named("courier_history")
          .describedAs(
              "How many orders a courier has ever delivered, how many of late, and how long the"
                  + " courier takes to accept one; feeds assignment and arrival models.")
          .dimension(COURIER)
          .reads(ORDER_DELIVERED)
          .lateness(LATENESS)
          .over(lifetime(), DELIVERIES, firstAt("first_delivery"))
          .over(
              days(30).every(DAILY),
              DELIVERIES,
              mean("accept_time").of(ACCEPT_TIME),
              percentile(90).of(ACCEPT_TIME).as("accept_time_p90"))
          .over(days(7).every(DAILY), DELIVERIES)
          .build();

  public CourierHistoryHandler() {
    super(FEATURES);
  }
}
