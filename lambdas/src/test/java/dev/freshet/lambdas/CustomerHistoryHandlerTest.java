package dev.freshet.lambdas;

import static dev.freshet.lambdas.Orders.ORDER_CANCELLED;
import static dev.freshet.lambdas.Orders.ORDER_CREATED;

import dev.freshet.testdriver.EntityDriver;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CustomerHistoryHandlerTest {

  private final EntityDriver driver = EntityDriver.of(CustomerHistoryHandler.FEATURES, "a");

  /** The lifetime has four orders, 90 days the last three, 30 days the last two. */
  @Test
  void theFeaturesOfFourOrdersOfWhichOneIsCancelled() {
    driver.feed(order("x", 10.5));
    driver.advance(Duration.ofDays(60));
    driver.feed(order("y", 20.25));
    driver.advance(Duration.ofDays(60));
    driver.feed(order("y", 5));
    driver.advance(Duration.ofMinutes(1));
    Instant latest = driver.now();
    driver.feed(order("z", 7.75));
    driver.advance(Duration.ofMinutes(1));
    driver.feed(cancelled("z"));

    driver.expect("orders_lifetime", 4);
    driver.expect("amount_sum_lifetime", 43.5);
    driver.expect("latest_order_lifetime_at", latest.toEpochMilli());
    driver.expect("orders_90d", 3);
    driver.expect("amount_sum_90d", 33);
    driver.expectAbout("stores_90d", 2, 0.02);
    driver.expect("cancelled_90d", 1);
    driver.expect("cancelled_share_90d", 1 / 3.0);
    driver.expect("orders_30d", 2);
    driver.expect("amount_sum_30d", 12.75);
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(order("x", 30));
  }

  @Test
  void aCustomerWhoHasNotOrderedFor90DaysHasNoStoresAndNoShare() {
    driver.feed(order("x", 30));
    driver.advance(Duration.ofDays(91));

    driver.expect("orders_90d", 0);
    driver.expectNone("stores_90d");
    driver.expectNone("cancelled_share_90d");
    driver.expect("orders_lifetime", 1);
    driver.expect("amount_sum_lifetime", 30);
  }

  private static TestEvent order(String store, double amount) {
    return of(TestEvent.of(ORDER_CREATED), store).with("totalAmount", amount);
  }

  private static TestEvent cancelled(String store) {
    return of(TestEvent.of(ORDER_CANCELLED), store);
  }

  private static TestEvent of(TestEvent event, String store) {
    return event.with("customerId", "a").with("storeId", store);
  }
}
