package dev.freshet.lambdas;

import dev.freshet.definition.FeatureService;
import java.time.Duration;

/** The features of the model that says at checkout when an order will arrive. */
final class ArrivalTimeService {

  static final FeatureService FEATURES =
      FeatureService.named("arrival_time")
          .describedAs(
              "When an order placed now arrives: the store's pace and load, and the city's.")
          .reads(StoreOrdersHandler.FEATURES, "created_30m", "awaiting_acceptance", "unpicked")
          .orElse(0)
          .reads(StoreDeliveryTimeHandler.FEATURES, "mean", "p90", "ewma")
          .reads(StorePreparationTimeHandler.FEATURES, "mean", "p90")
          .reads(CityOrdersHandler.FEATURES, "delivered_30m", "undelivered")
          .orElse(0)
          .noOlderThan(Duration.ofMinutes(5))
          .build();

  private ArrivalTimeService() {}
}
