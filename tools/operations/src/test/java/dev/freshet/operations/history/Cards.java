package dev.freshet.operations.history;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.first;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.sum;
import static java.util.Comparator.comparing;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.definition.Window;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Input;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Payments of cards with history, and their features by definition. */
public final class Cards {

  public static final Duration LATENESS = Duration.ofHours(2);
  public static final long DAY = Duration.ofDays(1).toMillis();
  private static final EventFormat FORMAT =
      EventFormat.json().id("id").type("type").occurredAt("at", TimeFormat.EPOCH_MILLIS);
  public static final EventType PAID = new EventType("paid", "payments", FORMAT);
  public static final FeatureGroup GROUP = builder().build();
  private static final EventParser PARSER = new EventParser(GROUP);

  private Cards() {}

  public static FeatureGroupBuilder builder() {
    return FeatureGroup.named("card_history")
        .dimension(Entity.named("card").by("card"))
        .reads(PAID)
        .value(Input.decimal("amount"))
        .lateness(LATENESS)
        .over(Window.lifetime(), count(), sum(), first(), latest())
        .over(Window.days(30).every(Duration.ofDays(1)), count(), sum(), max());
  }

  /** A payment of an amount in cents. */
  public record Payment(String id, String card, long at, long cents) {

    public String json() {
      return "{\"type\":\"paid\",\"id\":\"%s\",\"card\":\"%s\",\"at\":%d,\"amount\":%d.%02d}"
          .formatted(id, card, at, cents / 100, cents % 100);
    }

    public Event event() {
      return (Event) PARSER.parse("", ByteBuffer.wrap(json().getBytes(StandardCharsets.UTF_8)), at);
    }
  }

  /** Returns the features of payments of one card at an instant; absent ones are left out. */
  static Map<String, Double> features(Collection<Payment> all, long at) {
    List<Payment> past =
        all.stream()
            .distinct()
            .filter(each -> each.at <= at)
            .sorted(comparing(Payment::at).thenComparing(Payment::id))
            .toList();
    long start = Math.floorDiv(at - 30 * DAY, DAY) * DAY;
    List<Payment> month = past.stream().filter(each -> each.at > start).toList();
    Map<String, Double> features = new LinkedHashMap<>();
    features.put("count_lifetime", (double) past.size());
    features.put("sum_lifetime", cents(past) / 100.0);
    if (!past.isEmpty()) {
      features.put("first_lifetime", past.get(0).cents / 100.0);
      features.put("latest_lifetime", past.get(past.size() - 1).cents / 100.0);
    }
    features.put("count_30d", (double) month.size());
    features.put("sum_30d", cents(month) / 100.0);
    if (!month.isEmpty()) {
      features.put("max_30d", month.stream().mapToLong(Payment::cents).max().getAsLong() / 100.0);
    }
    return features;
  }

  private static long cents(List<Payment> payments) {
    return payments.stream().mapToLong(Payment::cents).sum();
  }
}
