package dev.freshet.lambdas;

import dev.freshet.definition.FeatureGroup;
import java.util.List;

/** The seven groups of the reference catalogue. */
public final class OrdersCatalogue {

  public static final List<FeatureGroup> GROUPS =
      List.of(
          CourierAcceptTimeHandler.FEATURES,
          CustomerWaitingTimeHandler.FEATURES,
          StoreDeliveryTimeHandler.FEATURES,
          StorePreparationTimeHandler.FEATURES,
          StoreOrdersHandler.FEATURES,
          CityOrdersHandler.FEATURES,
          CityDemandHandler.FEATURES);

  private OrdersCatalogue() {}
}
