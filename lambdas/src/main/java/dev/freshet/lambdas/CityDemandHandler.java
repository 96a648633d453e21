package dev.freshet.lambdas;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.amount;
import static dev.freshet.lambdas.Orders.CITY;
import static dev.freshet.lambdas.Orders.ORDER_CREATED;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class CityDemandHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      FeatureGroup.named("city_demand")
          .describedAs(
              "How many orders a city places and what they are worth; feeds demand and pricing"
                  + " models.")
          .dimension(CITY)
          .reads(ORDER_CREATED)
          .value(amount("totalAmount"))
          .over(minutes(1), count("created"))
          .over(minutes(5), count("created"))
          .over(minutes(15), count("created"))
          .over(minutes(60), count("created"), sum("amount"), mean("amount"))
          .build();

  public CityDemandHandler() {
    super(FEATURES);
  }
}
