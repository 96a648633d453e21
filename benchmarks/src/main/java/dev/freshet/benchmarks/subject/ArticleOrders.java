package dev.freshet.benchmarks.subject;

import dev.freshet.benchmarks.load.OrderStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The orders of a store as the reference holds them: a hash of when an order came to a stage. */
public final class ArticleOrders {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long LOOK_BACK = Duration.ofHours(3).toMillis();
  private static final int STAGES = OrderStream.values().length;

  private final Map<String, long[]> orders;
  private final long now;

  private ArticleOrders(Map<String, long[]> orders, long now) {
    this.orders = orders;
    this.now = now;
  }

  static String field(String orderId, OrderStream stage) {
    return orderId + ":" + stage.place();
  }

  /** Reads a whole hash at an instant. */
  static ArticleOrders of(Map<String, String> fields, long now) {
    Map<String, long[]> orders = new HashMap<>();
    fields.forEach(
        (field, at) -> {
          int colon = field.indexOf(':');
          long[] stages =
              orders.computeIfAbsent(field.substring(0, colon), order -> new long[STAGES]);
          stages[Integer.parseInt(field.substring(colon + 1))] = Long.parseLong(at);
        });
    return new ArticleOrders(orders, now);
  }

  /** Forgets orders that count nowhere any more; answers with their fields. */
  String[] removeExpired() {
    List<String> fields = new ArrayList<>();
    Iterator<Map.Entry<String, long[]>> all = orders.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, long[]> order = all.next();
      if (isExpired(order.getValue())) {
        for (OrderStream stage : OrderStream.values()) {
          fields.add(field(order.getKey(), stage));
        }
        all.remove();
      }
    }
    return fields.toArray(String[]::new);
  }

  /** Orders that came to a stage in the last minutes. */
  long within(OrderStream stage, int minutes) {
    long after = now - minutes * MINUTE;
    return orders.values().stream().filter(each -> each[stage.place()] > after).count();
  }

  /** Orders of the look-back that have come neither to a stage nor beyond it. */
  long lacking(OrderStream stage) {
    return orders.values().stream()
        .filter(each -> each[OrderStream.CREATED.place()] > now - LOOK_BACK)
        .filter(each -> Arrays.stream(each, stage.place(), STAGES).allMatch(at -> at == 0))
        .count();
  }

  /** Delivered, and out of every window; or out of the look-back, whatever became of it. */
  private boolean isExpired(long[] stages) {
    long windowed =
        Math.max(stages[OrderStream.CREATED.place()], stages[OrderStream.PICKED.place()]);
    boolean isOver = stages[OrderStream.DELIVERED.place()] > 0 && windowed <= now - 30 * MINUTE;
    return isOver || Arrays.stream(stages).max().orElseThrow() <= now - LOOK_BACK;
  }
}
