package dev.freshet.lambdas;

import dev.freshet.definition.Dimension;
import dev.freshet.definition.EventType;
import dev.freshet.definition.Stage;

/** The event types, dimensions and stages that the feature groups of this package share. */
final class Orders {

  static final EventType ORDER_CREATED =
      new EventType("ORDER_CREATED", "order-created", "orderId")
          .carrying("storeId", "customerId", "cityCode", "totalAmount", "itemCount");
  static final EventType ORDER_ACCEPTED =
      new EventType("ORDER_ACCEPTED", "order-accepted", "orderId").carrying("storeId", "cityCode");
  static final EventType ORDER_PICKED =
      new EventType("ORDER_PICKED", "order-picked", "orderId")
          .carrying("storeId", "courierId", "cityCode", "createdAt", "acceptedAt", "pickedAt");
  static final EventType ORDER_DELIVERED =
      new EventType("ORDER_DELIVERED", "order-delivered", "orderId")
          .carrying(
              "storeId",
              "courierId",
              "customerId",
              "cityCode",
              "createdAt",
              "courierRequestedAt",
              "courierAcceptedAt",
              "arrivedAt",
              "deliveredAt");
  static final EventType ORDER_CANCELLED =
      new EventType("ORDER_CANCELLED", "order-cancelled", "orderId")
          .carrying("storeId", "customerId", "cityCode");

  static final Dimension COURIER = new Dimension("courier", "courierId");
  static final Dimension CUSTOMER = new Dimension("customer", "customerId");
  static final Dimension STORE = new Dimension("store", "storeId");
  static final Dimension CITY = new Dimension("city", "cityCode");

  static final Stage CREATED = new Stage("created", ORDER_CREATED);
  static final Stage ACCEPTED = new Stage("accepted", ORDER_ACCEPTED);
  static final Stage PICKED = new Stage("picked", ORDER_PICKED);
  static final Stage DELIVERED = new Stage("delivered", ORDER_DELIVERED);
  static final Stage CANCELLED = new Stage("cancelled", ORDER_CANCELLED);

  private Orders() {}
}
