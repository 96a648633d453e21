package dev.freshet.lambdas;

import dev.freshet.definition.FeatureGroup;
import java.util.List;

/** The seven groups of the reference catalogue. */
final class Catalogue {

  static final List<FeatureGroup> GROUPS =
      List.of(
          CourierAcceptTimeHandler.FEATURES,
          CustomerWaitingTimeHandler.FEATURES,
          StoreDeliveryTimeHandler.FEATURES,
          StorePreparationTimeHandler.FEATURES,
          StoreOrdersHandler.FEATURES,
          CityOrdersHandler.FEATURES,
          CityDemandHandler.FEATURES);

  private Catalogue() {}
}
