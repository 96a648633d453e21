package dev.freshet.lambdas;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.latestAt;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.input.Filter.typeIs;
import static dev.freshet.input.Input.amount;
import static dev.freshet.input.Input.text;
import static dev.freshet.lambdas.Orders.CUSTOMER;
import static dev.freshet.lambdas.Orders.DAILY;
import static dev.freshet.lambdas.Orders.LATENESS;
import static dev.freshet.lambdas.Orders.ORDER_CANCELLED;
import static dev.freshet.lambdas.Orders.ORDER_CREATED;

import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;

public final class CustomerHistoryHandler extends AggregatorHandler {

  private static final OfEvents ORDERS = count("orders");
  private static final OfEvents AMOUNT = sum("amount");

  static final FeatureGroup FEATURES =
      FeatureGroup.named("customer_history")
          .describedAs(
              "How often, for how much and at how many stores a customer orders, and how often the"
                  + " customer's orders are cancelled; feeds ranking and churn models.")
          .dimension(CUSTOMER)
          .reads(ORDER_CREATED, ORDER_CANCELLED)
          .where(typeIs(ORDER_CREATED))
          .value(amount("totalAmount"))
          .lateness(LATENESS)
          .over(lifetime(), ORDERS, AMOUNT, latestAt("latest_order"))
          .over(
              days(90).every(DAILY),
              ORDERS,
              AMOUNT,
              distinct().of(text("storeId")).as("stores"),
              count("cancelled").where(typeIs(ORDER_CANCELLED)))
          .over(days(30).every(DAILY), ORDERS, AMOUNT)
          .derive(ratio("cancelled_share_90d", "cancelled_90d", "orders_90d"))
          .build();

  public CustomerHistoryHandler() {
    super(FEATURES);
  }
}
