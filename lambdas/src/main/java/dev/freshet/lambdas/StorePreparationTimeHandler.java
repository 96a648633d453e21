package dev.freshet.lambdas;

import static dev.freshet.definition.LastEvents.lastEvents;
import static dev.freshet.definition.Value.seconds;
import static dev.freshet.lambdas.Orders.ORDER_PICKED;
import static dev.freshet.lambdas.Orders.STORE;
import static dev.freshet.transformation.Transformations.count;
import static dev.freshet.transformation.Transformations.dominantFrequency;
import static dev.freshet.transformation.Transformations.ewma;
import static dev.freshet.transformation.Transformations.max;
import static dev.freshet.transformation.Transformations.mean;
import static dev.freshet.transformation.Transformations.min;
import static dev.freshet.transformation.Transformations.percentile;
import static dev.freshet.transformation.Transformations.rollingMean;
import static dev.freshet.transformation.Transformations.slope;
import static dev.freshet.transformation.Transformations.spectralEntropy;
import static dev.freshet.transformation.Transformations.stddev;
import static dev.freshet.transformation.Transformations.variance;

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
              lastEvents(50),
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
