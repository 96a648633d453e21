package dev.freshet.lambdas;

import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.lambdas.Orders.ACCEPTED;
import static dev.freshet.lambdas.Orders.CANCELLED;
import static dev.freshet.lambdas.Orders.CREATED;
import static dev.freshet.lambdas.Orders.DELIVERED;
import static dev.freshet.lambdas.Orders.PICKED;
import static dev.freshet.lambdas.Orders.STORE;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import java.time.Duration;

public final class StoreOrdersHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      FeatureGroup.named("store_orders")
          .describedAs(
              "How busy a store is: its recent orders, and those it has not yet accepted, handed"
                  + " over or seen delivered.")
          .dimension(STORE)
          .over(minutes(5), entered(CREATED))
          .over(minutes(10), entered(CREATED))
          .over(minutes(30), entered(CREATED), entered(PICKED))
          .over(
              lookBack(Duration.ofHours(3)),
              open("awaiting_acceptance")
                  .since(CREATED)
                  .until(ACCEPTED, PICKED, DELIVERED, CANCELLED),
              open("unpicked").since(CREATED).until(PICKED, DELIVERED, CANCELLED),
              open("undelivered").since(CREATED).until(DELIVERED, CANCELLED))
          .build();

  public StoreOrdersHandler() {
    super(FEATURES);
  }
}
