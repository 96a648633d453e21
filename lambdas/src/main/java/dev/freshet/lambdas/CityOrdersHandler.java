package dev.freshet.lambdas;

import static dev.freshet.definition.Aggregate.entered;
import static dev.freshet.definition.LookBack.lookBack;
import static dev.freshet.definition.Status.items;
import static dev.freshet.definition.TimeWindow.minutes;
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
          .follows(CREATED, DELIVERED, CANCELLED)
          .over(minutes(30), entered(DELIVERED))
          .over(
              lookBack(Duration.ofHours(3)),
              items("undelivered").since(CREATED).until(DELIVERED, CANCELLED))
          .build();

  public CityOrdersHandler() {
    super(FEATURES);
  }
}
