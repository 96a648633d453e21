package dev.freshet.benchmarks.subject;

import static dev.freshet.city.OrderEventType.ORDER_ACCEPTED;
import static dev.freshet.city.OrderEventType.ORDER_CREATED;
import static dev.freshet.city.OrderEventType.ORDER_DELIVERED;
import static dev.freshet.city.OrderEventType.ORDER_PICKED;

import dev.freshet.city.OrderEventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The orders of a store as the reference holds them: a hash of when an order came to a stage. */
final class ArticleOrders {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long LOOK_BACK = Duration.ofHours(3).toMillis();

  /** In the order an order goes through them. */
  private static final List<OrderEventType> STAGES =
      List.of(ORDER_CREATED, ORDER_ACCEPTED, ORDER_PICKED, ORDER_DELIVERED);

  private final Map<String, long[]> orders;
  private final long now;

  private ArticleOrders(Map<String, long[]> orders, long now) {
    this.orders = orders;
    this.now = now;
  }

  static String field(String orderId, OrderEventType stage) {
    return orderId + ":" + place(stage);
  }

  private static int place(OrderEventType stage) {
    return STAGES.indexOf(stage);
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
    List<String> fields = new ArrayList<>();
    Iterator<Map.Entry<String, long[]>> all = orders.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, long[]> order = all.next();
      if (isExpired(order.getValue())) {
        for (OrderEventType stage : STAGES) {
          fields.add(field(order.getKey(), stage));
        }
        all.remove();
      }
    }
    return fields.toArray(String[]::new);
  }

  /** Counts orders that came to a stage in the last minutes. */
  long within(OrderEventType stage, int minutes) {
    long after = now - minutes * MINUTE;
    return orders.values().stream().filter(each -> each[place(stage)] > after).count();
  }

  /** Counts orders of the look-back that have come neither to a stage nor beyond it. */
  long lacking(OrderEventType stage) {
    return orders.values().stream()
        .filter(each -> each[place(ORDER_CREATED)] > now - LOOK_BACK)
        .filter(each -> Arrays.stream(each, place(stage), STAGES.size()).allMatch(at -> at == 0))
        .count();
  }

  /**
   * Returns whether an order is delivered, and out of every window; or out of the look-back,
   * whatever became of it.
   */
  private boolean isExpired(long[] stages) {
    long windowed = Math.max(stages[place(ORDER_CREATED)], stages[place(ORDER_PICKED)]);
    boolean isOver = stages[place(ORDER_DELIVERED)] > 0 && windowed <= now - 30 * MINUTE;
    return isOver || Arrays.stream(stages).max().orElseThrow() <= now - LOOK_BACK;
  }
}
