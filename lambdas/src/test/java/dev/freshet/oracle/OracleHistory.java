package dev.freshet.oracle;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The histories of couriers and customers. */
final class OracleHistory {

  private static final long DAY = 86_400_000;

  private OracleHistory() {}

  static Map<String, Double> ofCourier(List<OracleEvent> delivered, long at) {
    List<OracleEvent> month = within(delivered, 30, at);
    Map<String, Double> features = new LinkedHashMap<>();
    features.put("deliveries_lifetime", (double) until(delivered, at).size());
    until(delivered, at).stream()
        .mapToLong(OracleEvent::occurredAt)
        .min()
        .ifPresent(first -> features.put("first_delivery_lifetime_at", (double) first));
    features.put("deliveries_30d", (double) month.size());
    List<BigDecimal> times =
        month.stream()
            .filter(event -> event.has("courierRequestedAt") && event.has("courierAcceptedAt"))
            .map(
                event -> seconds(event.time("courierRequestedAt"), event.time("courierAcceptedAt")))
            .toList();
    if (!times.isEmpty()) {
      features.put("accept_time_mean_30d", OracleWindows.mean(times));
      double[] values = times.stream().mapToDouble(BigDecimal::doubleValue).toArray();
      features.put("accept_time_p90_30d", new OracleStatistics(values).percentile(0.9));
    }
    features.put("deliveries_7d", (double) within(delivered, 7, at).size());
    return features;
  }

  private static BigDecimal seconds(OptionalLong from, OptionalLong to) {
    return BigDecimal.valueOf(to.getAsLong() - from.getAsLong(), 3);
  }

  static Map<String, Double> ofCustomer(
      List<OracleEvent> created, List<OracleEvent> cancelled, long at) {
    List<OracleEvent> ever = until(created, at);
    List<OracleEvent> quarter = within(created, 90, at);
    List<OracleEvent> month = within(created, 30, at);
    Map<String, Double> features = new LinkedHashMap<>();
    features.put("orders_lifetime", (double) ever.size());
    features.put("amount_sum_lifetime", OracleWindows.sum(OracleWindows.amounts(ever)));
    ever.stream()
        .max(Comparator.comparingLong(OracleEvent::occurredAt))
        .ifPresent(
            latest -> features.put("latest_order_lifetime_at", (double) latest.occurredAt()));
    features.put("orders_90d", (double) quarter.size());
    features.put("amount_sum_90d", OracleWindows.sum(OracleWindows.amounts(quarter)));
    long stores =
        quarter.stream()
            .filter(event -> event.has("storeId"))
            .map(event -> event.text("storeId"))
            .distinct()
            .count();
    if (stores > 0) {
      features.put("stores_90d", (double) stores);
    }
    double cancelled90 = within(cancelled, 90, at).size();
    features.put("cancelled_90d", cancelled90);
    features.put("orders_30d", (double) month.size());
    features.put("amount_sum_30d", OracleWindows.sum(OracleWindows.amounts(month)));
    if (!quarter.isEmpty()) {
      features.put("cancelled_share_90d", cancelled90 / quarter.size());
    }
    return features;
  }

  private static List<OracleEvent> until(List<OracleEvent> events, long at) {
    return events.stream().filter(event -> event.occurredAt() <= at).toList();
  }

  /** The events after the start of the day in which the instant that many days before lies. */
  private static List<OracleEvent> within(List<OracleEvent> events, int days, long at) {
    long start = Math.floorDiv(at - days * DAY, DAY) * DAY;
    return until(events, at).stream().filter(event -> start < event.occurredAt()).toList();
  }
}
