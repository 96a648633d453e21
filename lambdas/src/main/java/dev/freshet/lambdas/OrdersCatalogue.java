package dev.freshet.lambdas;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureService;
import java.util.List;

/**
 * The feature groups of a delivery service; functions and tools serve only the groups listed here.
 */
public final class OrdersCatalogue implements Catalogue {

  @Override
  public String name() {
    return "orders";
  }

  @Override
  public List<FeatureGroup> groups() {
    return List.of(
        CityDemandHandler.FEATURES,
        CityOrdersHandler.FEATURES,
        CourierAcceptTimeHandler.FEATURES,
        CourierHistoryHandler.FEATURES,
        CustomerHistoryHandler.FEATURES,
        CustomerWaitingTimeHandler.FEATURES,
        StoreDeliveryTimeHandler.FEATURES,
        StoreOrdersHandler.FEATURES,
        StorePreparationTimeHandler.FEATURES);
  }

  @Override
  public List<FeatureService> services() {
    return List.of(ArrivalTimeService.FEATURES, StoreRankingService.FEATURES);
  }
}
