package dev.freshet.lambdas;

import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.lambdas.Orders.CANCELLED;
import static dev.freshet.lambdas.Orders.CITY;
import static dev.freshet.lambdas.Orders.CREATED;
import static dev.freshet.lambdas.Orders.DELIVERED;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import java.time.Duration;

public final class CityOrdersHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      FeatureGroup.named("city_orders")
          .describedAs(
              "How much is on its way in a city, and how much got there; feeds fleet and pricing"
                  + " models.")
          .dimension(CITY)
          .over(minutes(30), entered(DELIVERED))
          .over(
              lookBack(Duration.ofHours(3)),
              open("undelivered").since(CREATED).until(DELIVERED, CANCELLED))
          .build();

  public CityOrdersHandler() {
    super(FEATURES);
  }
}
