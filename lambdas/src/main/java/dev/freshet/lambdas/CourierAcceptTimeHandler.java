package dev.freshet.lambdas;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.stddev;
import static dev.freshet.definition.Window.last;
import static dev.freshet.input.Input.seconds;
import static dev.freshet.lambdas.Orders.COURIER;
import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class CourierAcceptTimeHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      FeatureGroup.named("courier_accept_time")
          .describedAs(
              "How long a courier takes to accept an order; feeds assignment and arrival models.")
          .dimension(COURIER)
          .reads(ORDER_DELIVERED)
          .value(seconds("courierRequestedAt", "courierAcceptedAt"))
          .over(last(50), count(), mean(), stddev(), percentile(90))
          .build();

  public CourierAcceptTimeHandler() {
    super(FEATURES);
  }
}
