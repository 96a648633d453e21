package dev.freshet.lambdas;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.ewma;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.stddev;
import static dev.freshet.definition.Window.last;
import static dev.freshet.input.Input.seconds;
import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;
import static dev.freshet.lambdas.Orders.STORE;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class StoreDeliveryTimeHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      FeatureGroup.named("store_delivery_time")
          .describedAs(
              "How long the orders of a store take from creation to delivery; feeds arrival models.")
          .dimension(STORE)
          .reads(ORDER_DELIVERED)
          .value(seconds("createdAt", "deliveredAt"))
          .over(last(50), count(), mean(), stddev(), percentile(90), ewma())
          .build();

  public StoreDeliveryTimeHandler() {
    super(FEATURES);
  }
}
