package dev.freshet.oracle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * boundaries and ties are hit often: ahead, late, more than once, without an entity or an input.
 *
 * <p>No stage of an item is dated more than an hour before one in front of it, and none is told
 * with times more than an hour apart: clocks that differ by more are beyond what is promised.
 */
public final class DeclaredHistory {

  private static final long HALF_SKEW = Duration.ofMinutes(30).toMillis();
  private static final long MOST_AHEAD = Duration.ofHours(1).toMillis();

  private final Random random;
  private final RandomDeclaration declared;
  private final boolean hasMeta;
  private final String run;
  private final long startMillis;
  private final long grid;
  private final long holdMillis;
  private final long latenessMillis;

  /** Events of history are so far apart that most of them are held merged. */
  private final int stretch;

  private final boolean hasUuids;

  /** Whether numbers may be so great that a sum of doubles would not be exact. */
  private final boolean hasGreatNumbers;

  /** Then a mean often stays the same although events enter and leave. */
  private final boolean hasFewNumbers;

  private final List<Arrival> arrivals = new ArrayList<>();

  public DeclaredHistory(RandomDeclaration declared, long seed, long startMillis) {
    this.random = new Random(seed);
    this.declared = declared;
    this.hasMeta = declared.plain().hasMeta();
    this.run = Long.toString(seed);
    this.startMillis = startMillis;
    this.grid = declared.scale().toMillis() / 4;
    this.holdMillis = Math.max(grid, declared.plain().longestHoldMillis());
    Duration lateness = declared.plain().lateness();
    this.latenessMillis = lateness == null ? holdMillis : lateness.toMillis();
    boolean isOfDays = declared.scale().toDays() > 0;
    this.stretch = lateness != null && random.nextBoolean() ? isOfDays ? 2 : 10 : 1;
    this.hasUuids = random.nextBoolean();
    this.hasGreatNumbers = random.nextInt(3) == 0;
    this.hasFewNumbers = random.nextInt(3) == 0;
  }

  /** The events of some items in the order they arrive. */
  public List<Arrival> arrivals(int items) {
    for (int item = 0; item < items; item++) {
      addItem(run + "-" + item, startMillis + random.nextInt(2 * items + 1) * grid * stretch);
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
    long stride = declared.features().hasLongItems() ? random.nextInt(5) * grid : 0;
    String shop = random.nextInt(8) == 0 ? "s|%" : "s" + random.nextInt(2);
    for (int i = 0; i < RandomInputs.TYPES.size(); i++) {
      for (int times = timesTold(); times > 0; times--) {
        String id = hasUuids ? new UUID(random.nextLong(), random.nextLong()).toString() : "";
        id = id.isEmpty() ? item + "/" + i + "/" + times : id;
        addEvent(RandomInputs.TYPES.get(i), id, item, base + i * stride + jitter(), shop);
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

  private void addEvent(String type, String id, String item, long at, String shop) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode meta = hasMeta ? json.putObject("meta") : json;
    meta.put(hasMeta ? "id" : "eventId", id).put(hasMeta ? "type" : "eventType", type);
    putTime(meta, hasMeta ? "at" : "occurredAt", at);
    ObjectNode data = hasMeta ? json.putObject("data") : json;
    data.put("itemId", item);
    if (random.nextInt(20) > 0) {
      data.put("tripId", "trip of " + item);
    }
    int stray = random.nextInt(40);
    if (stray > 1) {
      data.put("shopId", stray == 2 ? "elsewhere" : shop);
    }
    if (random.nextInt(10) > 0) {
      data.put("zoneId", random.nextInt(2));
    }
    putInputs(data, at);
    arrivals.add(new Arrival(at + delay(), json.toString()));
  }

  private void putInputs(ObjectNode data, long at) {
    if (isCarried(data, "amount")) {
      data.put("amount", number(1_000_000_000L, 6));
    }
    if (isCarried(data, "price")) {
      BigDecimal price = number(1_000_000_000_000L, 10);
      if (random.nextBoolean()) {
        data.put("price", price.toPlainString());
      } else {
        data.put("price", price);
      }
    }
    if (isCarried(data, "kind")) {
      data.put("kind", RandomInputs.KINDS.get(random.nextInt(RandomInputs.KINDS.size())));
    }
    if (isCarried(data, "code") && random.nextBoolean()) {
      data.put("code", random.nextInt(3));
    } else if (random.nextBoolean()) {
      data.put("code", "" + random.nextInt(3));
    }
    if (isCarried(data, "isNew")) {
      data.put("isNew", random.nextBoolean());
    }
    long from = startMillis + random.nextInt(1_000_000);
    putTimes(data, "fromAt", from, "toAt", from + random.nextInt(5) * 1_500L + random.nextInt(2));
    putTimes(data, "beganAt", from, "endedAt", from + (random.nextInt(9) - 4) * 1_250L);
    if (isCarried(data, "madeAt")) {
      putTime(data, "madeAt", at - random.nextInt(3) * 1_000L);
    }
  }

  private void putTimes(ObjectNode data, String from, long fromMillis, String to, long toMillis) {
    if (isCarried(data, from)) {
      putTime(data, from, fromMillis);
    }
    if (isCarried(data, to)) {
      putTime(data, to, toMillis);
    }
  }

  /** Some events lack a member, or have it as null. */
  private boolean isCarried(ObjectNode data, String member) {
    int drawn = random.nextInt(14);
    if (drawn == 0) {
      data.putNull(member);
    }
    return drawn > 1;
  }

  private BigDecimal number(long most, int digits) {
    if (hasGreatNumbers && random.nextBoolean()) {
      BigDecimal great = new BigDecimal(random.nextDouble() * 2 - 1);
      return great.multiply(BigDecimal.valueOf(most)).setScale(digits, java.math.RoundingMode.DOWN);
    }
    return switch (hasFewNumbers && random.nextInt(6) > 0 ? 1 : random.nextInt(6)) {
      case 0 -> BigDecimal.ZERO;
      case 1 -> new BigDecimal("12.5");
      case 2 -> BigDecimal.valueOf(random.nextInt(30) - 10, 1);
      case 3 -> BigDecimal.valueOf(random.nextInt(4_000_000) - 500_000, 6);
      case 4 -> BigDecimal.valueOf(random.nextInt(2_000) - 1_000, digits + 2);
      default -> BigDecimal.valueOf(random.nextInt(4_000) - 500, 2);
    };
  }

  /** Most events are seen soon, some up to an hour ahead, some when nothing can use them. */
  private long delay() {
    return switch (random.nextInt(10)) {
      case 0 -> -Math.min(MOST_AHEAD, random.nextInt(9) * grid);
      case 1 -> -random.nextInt(13) * MOST_AHEAD / 12;
      case 2, 3, 4 -> random.nextInt(12) * grid;
      case 5 -> (long) (random.nextDouble() * 1.3 * holdMillis);
      case 6 -> holdMillis + random.nextInt(3) - 1;
      case 7 -> latenessMillis + random.nextInt(3) - 1;
      default -> random.nextInt(2_000);
    };
  }

  private void putTime(ObjectNode data, String member, long millis) {
    if (hasMeta) {
      data.put(member, millis * 1_000 + random.nextInt(1_000));
    } else if (random.nextBoolean()) {
      data.put(member, millis);
    } else {
      data.put(member, Instant.ofEpochMilli(millis).toString());
    }
  }
}
