package dev.freshet.benchmarks.subject;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The orders of a store as the reference holds them: a hash of when an order came to a stage. */
final class ArticleOrders {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long LOOK_BACK = Duration.ofHours(3).toMillis();

  static final int CREATED = 0;
  static final int ACCEPTED = 1;
  static final int PICKED = 2;
  static final int DELIVERED = 3;

  private static final List<String> STAGES =
      List.of("ORDER_CREATED", "ORDER_ACCEPTED", "ORDER_PICKED", "ORDER_DELIVERED");

  private final Map<String, long[]> orders;
  private final long now;

  private ArticleOrders(Map<String, long[]> orders, long now) {
    this.orders = orders;
    this.now = now;
  }

  /** Returns the field of an order's stage. */
  static String field(String orderId, String eventType) {
    return orderId + ":" + STAGES.indexOf(eventType);
  }

  /** Reads a whole hash at an instant. */
  static ArticleOrders of(Map<String, String> fields, long now) {
    Map<String, long[]> orders = new HashMap<>();
    fields.forEach(
        (field, at) -> {
          int colon = field.indexOf(':');
          long[] stages =
              orders.computeIfAbsent(field.substring(0, colon), order -> new long[STAGES.size()]);
          stages[Integer.parseInt(field.substring(colon + 1))] = Long.parseLong(at);
        });
    return new ArticleOrders(orders, now);
  }

  /** Forgets orders that count nowhere any more; returns their fields. */
  String[] removeExpired() {
    List<String> expired =
        orders.entrySet().stream()
            .filter(order -> isExpired(order.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    expired.forEach(orders::remove);
    return expired.stream()
        .flatMap(order -> STAGES.stream().map(stage -> field(order, stage)))
        .toArray(String[]::new);
  }

  /** Counts orders that came to a stage in the last minutes. */
  long within(int stage, int minutes) {
    long after = now - minutes * MINUTE;
    return orders.values().stream().filter(each -> each[stage] > after).count();
  }

  /** Counts orders of the look-back that have come neither to a stage nor beyond it. */
  long lacking(int stage) {
    return orders.values().stream()
        .filter(each -> each[CREATED] > now - LOOK_BACK)
        .filter(each -> Arrays.stream(each, stage, STAGES.size()).allMatch(at -> at == 0))
        .count();
  }

  /**
   * Returns whether an order is delivered, and out of every window; or out of the look-back,
   * whatever became of it.
   */
  private boolean isExpired(long[] stages) {
    long windowed = Math.max(stages[CREATED], stages[PICKED]);
    boolean isOver = stages[DELIVERED] > 0 && windowed <= now - 30 * MINUTE;
    return isOver || Arrays.stream(stages).max().orElseThrow() <= now - LOOK_BACK;
  }
}
