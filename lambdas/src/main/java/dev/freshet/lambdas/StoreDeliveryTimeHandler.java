package dev.freshet.lambdas;

import static dev.freshet.definition.LastEvents.lastEvents;
import static dev.freshet.definition.Value.seconds;
import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;
import static dev.freshet.lambdas.Orders.STORE;
import static dev.freshet.transformation.Transformations.count;
import static dev.freshet.transformation.Transformations.ewma;
import static dev.freshet.transformation.Transformations.mean;
import static dev.freshet.transformation.Transformations.percentile;
import static dev.freshet.transformation.Transformations.stddev;

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
          .over(lastEvents(50), count(), mean(), stddev(), percentile(90), ewma())
          .build();

  public StoreDeliveryTimeHandler() {
    super(FEATURES);
  }
}
