package dev.freshet.lambdas;

import dev.freshet.definition.FeatureService;

/** The features of the model that ranks stores for a customer: a row for each store. */
final class StoreRankingService {

  static final FeatureService FEATURES =
      FeatureService.named("store_ranking")
          .describedAs("Which stores to show a customer first; a row for each store.")
          .reads(CustomerHistoryHandler.FEATURES, "orders_90d", "orders_lifetime", "stores_90d")
          .orElse(0)
          .reads(CustomerHistoryHandler.FEATURES, "cancelled_share_90d", "latest_order_lifetime_at")
          .reads(StoreOrdersHandler.FEATURES, "created_30m", "undelivered")
          .orElse(0)
          .reads(StoreDeliveryTimeHandler.FEATURES, "count", "mean")
          .reads(CityDemandHandler.FEATURES, "created_15m")
          .orElse(0)
          .build();

  private StoreRankingService() {}
}
