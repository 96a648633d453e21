package dev.freshet.lambdas;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.dominantFrequency;
import static dev.freshet.definition.Aggregates.ewma;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.min;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.rollingMean;
import static dev.freshet.definition.Aggregates.slope;
import static dev.freshet.definition.Aggregates.spectralEntropy;
import static dev.freshet.definition.Aggregates.stddev;
import static dev.freshet.definition.Aggregates.variance;
import static dev.freshet.definition.Window.last;
import static dev.freshet.input.Input.seconds;
import static dev.freshet.lambdas.Orders.ORDER_PICKED;
import static dev.freshet.lambdas.Orders.STORE;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class StorePreparationTimeHandler extends AggregatorHandler {

  static final FeatureGroup FEATURES =
      FeatureGroup.named("store_preparation_time")
          .describedAs(
              "How long a store takes to prepare an order, and whether that drifts or swings; feeds"
                  + " dispatch models.")
          .dimension(STORE)
          .reads(ORDER_PICKED)
          .value(seconds("acceptedAt", "pickedAt"))
          .over(
              last(50),
              count(),
              mean(),
              variance(),
              stddev(),
              min(),
              max(),
              percentile(50),
              percentile(90),
              rollingMean(5),
              rollingMean(10),
              ewma(),
              slope(),
              dominantFrequency(),
              spectralEntropy())
          .build();

  public StorePreparationTimeHandler() {
    super(FEATURES);
  }
}
