package dev.freshet.lambdas;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Window.last;
import static dev.freshet.input.Input.seconds;
import static dev.freshet.lambdas.Orders.CUSTOMER;
import static dev.freshet.lambdas.Orders.ORDER_DELIVERED;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class CustomerWaitingTimeHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      FeatureGroup.named("customer_waiting_time")
          .describedAs(
              "How long a customer lets a courier wait at the door; feeds arrival and routing"
                  + " models.")
          .dimension(CUSTOMER)
          .reads(ORDER_DELIVERED)
          .value(seconds("arrivedAt", "deliveredAt"))
          .over(last(20), count(), mean(), percentile(90))
          .build();

  public CustomerWaitingTimeHandler() {
    super(FEATURES);
  }
}
