package dev.freshet.lambdas;

import static dev.freshet.definition.Aggregate.average;
import static dev.freshet.definition.Aggregate.events;
import static dev.freshet.definition.Aggregate.sum;
import static dev.freshet.definition.TimeWindow.minutes;
import static dev.freshet.definition.Value.amount;
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
          .over(minutes(1), events("created"))
          .over(minutes(5), events("created"))
          .over(minutes(15), events("created"))
          .over(minutes(60), events("created"), sum("amount"), average("amount"))
          .build();

  public CityDemandHandler() {
    super(FEATURES);
  }
}
