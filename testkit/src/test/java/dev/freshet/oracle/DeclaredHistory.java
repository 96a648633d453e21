package dev.freshet.oracle;

import dev.freshet.definition.EventType;
import dev.freshet.oracle.PlainGroup.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Random events for a random declaration, on a grid of times that its windows fall on, so that
 * boundaries and ties are hit often: ahead, late, more than once, without an entity or a value.
 *
 * <p>No stage of an item is dated more than an hour before one in front of it, and none is told
 * with times more than an hour apart: clocks that differ by more are beyond what is promised.
 */
public final class DeclaredHistory {

  private static final long HALF_SKEW = Duration.ofMinutes(30).toMillis();
  private static final long MOST_AHEAD = Duration.ofHours(1).toMillis();

  private final Random random;
  private final RandomDeclaration declared;
  private final PlainGroup plain;
  private final String run;
  private final long startMillis;
  private final long grid;
  private final boolean hasClashes;
  private final boolean hasUuids;

  /** Then a mean often stays the same although events enter and leave. */
  private final boolean hasFewAmounts;

  private final List<Arrival> arrivals = new ArrayList<>();

  public DeclaredHistory(RandomDeclaration declared, long seed, long startMillis) {
    this.random = new Random(seed);
    this.declared = declared;
    this.plain = declared.plain();
    this.run = Long.toString(seed);
    this.startMillis = startMillis;
    this.grid = declared.scale().toMillis() / 4;
    this.hasClashes = random.nextInt(4) == 0;
    this.hasUuids = random.nextBoolean();
    this.hasFewAmounts = random.nextInt(3) == 0;
  }

  /** The events of some items in the order they arrive. */
  public List<Arrival> arrivals(int items) {
    for (int item = 0; item < items; item++) {
      addItem(run + "-" + item, startMillis + random.nextInt(2 * items + 1) * grid);
    }
    arrivals.addAll(
        arrivals.stream().filter(each -> random.nextInt(5) == 0).map(this::again).toList());
    Collections.shuffle(arrivals, random);
    arrivals.sort((a, b) -> Long.compare(a.atMillis(), b.atMillis()));
    return arrivals;
  }

  private Arrival again(Arrival arrival) {
    return new Arrival(arrival.atMillis() + random.nextInt(20) * grid, arrival.json());
  }

  private void addItem(String item, long base) {
    long stride = declared.hasLongItems ? random.nextInt(5) * grid : 0;
    String shop = "s" + random.nextInt(2);
    for (int i = 0; i < RandomDeclaration.TYPES.size(); i++) {
      EventType type = RandomDeclaration.TYPES.get(i);
      for (int times = timesTold(); times > 0; times--) {
        String id = hasUuids ? new UUID(random.nextLong(), random.nextLong()).toString() : "";
        id = id.isEmpty() ? item + "/" + i + "/" + times : id;
        addEvent(type, id, item, base + i * stride, shop);
      }
    }
  }

  private int timesTold() {
    return switch (random.nextInt(10)) {
      case 0, 1 -> 0;
      case 2 -> 2;
      default -> 1;
    };
  }

  private void addEvent(EventType type, String id, String item, long about, String shop) {
    long at = about + jitter();
    addArrival(type, id, item, at, shop);
    long other = about + jitter();
    if (hasClashes && other != at && random.nextInt(8) == 0) {
      addArrival(type, id, item, other, shop);
    }
  }

  /** At most half an hour to either side. */
  private long jitter() {
    if (random.nextInt(12) == 0) {
      return random.nextBoolean() ? HALF_SKEW : -HALF_SKEW;
    }
    long step = Math.min(grid, HALF_SKEW / 6);
    long millis = random.nextInt(6) == 0 ? random.nextInt(3) - 1 : 0;
    long drawn = (random.nextInt(13) - 6) * step + millis;
    return Math.max(-HALF_SKEW, Math.min(HALF_SKEW, drawn));
  }

  private void addArrival(EventType type, String id, String item, long at, String shop) {
    StringBuilder json = new StringBuilder();
    json.append("{\"eventId\":\"%s\",\"eventType\":\"%s\"".formatted(id, type.name()));
    json.append(",\"occurredAt\":%s,\"itemId\":\"%s\"".formatted(time(at), item));
    int stray = random.nextInt(40);
    if (stray > 1) {
      json.append(",\"shopId\":\"%s\"".formatted(stray == 2 ? "elsewhere" : shop));
    }
    json.append(random.nextInt(6) == 0 ? "" : value()).append("}");
    arrivals.add(new Arrival(at + delay(), json.toString()));
  }

  private String value() {
    if (plain.unit() == Unit.SECONDS) {
      long from = startMillis + random.nextInt(1_000_000);
      long to = from + random.nextInt(5) * 1_500L + random.nextInt(2);
      return random.nextInt(12) == 0
          ? ",\"fromAt\":" + time(from)
          : ",\"fromAt\":%s,\"toAt\":%s".formatted(time(from), time(to));
    }
    return plain.unit() == Unit.AMOUNT ? ",\"amount\":" + amount().toPlainString() : "";
  }

  private BigDecimal amount() {
    if (declared.hasGreatAmounts && random.nextBoolean()) {
      long micros = 100_000_000_000_000L + (long) (random.nextDouble() * 899_999_999_999_999L);
      boolean isNegative = !plain.hasLast() && random.nextBoolean();
      return BigDecimal.valueOf(isNegative ? -micros : micros, 6);
    }
    return switch (hasFewAmounts && random.nextInt(6) > 0 ? 1 : random.nextInt(5)) {
      case 0 -> BigDecimal.ZERO;
      case 1 -> new BigDecimal("12.5");
      case 2 -> BigDecimal.valueOf(random.nextInt(30) - 10, 1);
      case 3 -> BigDecimal.valueOf(random.nextInt(4_000_000) - 500_000, 6);
      default -> BigDecimal.valueOf(random.nextInt(4_000) - 500, 2);
    };
  }

  /** Most events are seen soon, some up to an hour ahead, some when nothing can use them. */
  private long delay() {
    return switch (random.nextInt(9)) {
      case 0 -> -Math.min(MOST_AHEAD, random.nextInt(9) * grid);
      case 1 -> -random.nextInt(13) * MOST_AHEAD / 12;
      case 2, 3, 4 -> random.nextInt(12) * grid;
      case 5 -> (long) (random.nextDouble() * 1.3 * plain.itemsHoldMillis());
      case 6 -> plain.itemsHoldMillis() + random.nextInt(3) - 1;
      default -> random.nextInt(2_000);
    };
  }

  private String time(long millis) {
    return random.nextBoolean()
        ? Long.toString(millis)
        : "\"" + Instant.ofEpochMilli(millis) + "\"";
  }
}
