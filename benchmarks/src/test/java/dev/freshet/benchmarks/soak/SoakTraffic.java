package dev.freshet.benchmarks.soak;

import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.SECOND;

import dev.freshet.oracle.Zipf;
import dev.freshet.testing.EventJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Orders at a steady rate, and their events as they arrive: out of order by seconds, one in twenty
 * twice, one in fifty minutes late, a few harmed. One order in thirty is told of hours after it
 * happened, so that look-backs end and items depart within minutes.
 *
 * <p>Memory grows with the events on their way, those of about ten minutes. Not for several
 * threads.
 */
final class SoakTraffic {

  static final int STORES = 1_000;
  static final int CITIES = 30;
  static final int COURIERS = 2_000;
  static final int CUSTOMERS = 20_000;

  private static final long LONGEST_ORDER_MILLIS = 10 * MINUTE;
  private static final long OLDEST_MILLIS = 4 * HOUR - 3 * MINUTE;

  private final String run;
  private final Random random;
  private final Zipf stores;
  private final Zipf customers;
  private final double gapMillis;
  private final PriorityQueue<SoakArrival> arrivals =
      new PriorityQueue<>(Comparator.comparingLong(SoakArrival::atMillis));
  private final long startMillis;
  private double nextOrderMillis;
  private int orders;

  private enum Harm {
    NONE,
    CUT_OFF,
    NO_ID,
    FAR_AHEAD
  }

  private record SoakArrival(long atMillis, SoakOrder order, String type, Harm harm) {}

  /** Orders are under way already, of which only what arrives from the start on is handed out. */
  SoakTraffic(long seed, double ordersPerSecond, long startMillis) {
    this.run = Long.toString(startMillis, 36);
    this.random = new Random(seed);
    this.stores = new Zipf(STORES, random);
    this.customers = new Zipf(CUSTOMERS, random);
    this.gapMillis = SECOND / ordersPerSecond;
    this.startMillis = startMillis;
    this.nextOrderMillis = startMillis - LONGEST_ORDER_MILLIS;
  }

  /** The events that have arrived by an instant and were not handed out yet. */
  List<SoakEvent> until(long nowMillis) {
    for (; nextOrderMillis <= nowMillis; nextOrderMillis += gapMillis) {
      place((long) nextOrderMillis);
    }
    List<SoakEvent> arrived = new ArrayList<>();
    while (!arrivals.isEmpty() && arrivals.peek().atMillis() <= nowMillis) {
      arrived.add(event(arrivals.poll(), nowMillis));
    }
    return arrived;
  }

  /** How many orders there were. */
  int orders() {
    return orders;
  }

  private void place(long nowMillis) {
    long age = age();
    int store = stores.next();
    SoakOrder order =
        SoakOrder.of(
            run + "-" + orders++,
            store,
            store % CITIES,
            random.nextInt(COURIERS),
            customers.next(),
            nowMillis - age,
            random);
    for (String stage : stages()) {
      send(order, "ORDER_" + stage, age);
    }
  }

  private long age() {
    return switch (random.nextInt(60)) {
      case 0 -> random.nextInt((int) (59 * MINUTE));
      case 1 -> OLDEST_MILLIS - random.nextInt((int) HOUR);
      default -> 0;
    };
  }

  /** Most orders are delivered; some are cancelled, and of some nothing is heard any more. */
  private List<String> stages() {
    return switch (random.nextInt(25)) {
      case 0, 1 -> List.of("CREATED", "ACCEPTED", "CANCELLED");
      case 2 -> List.of("CREATED", "ACCEPTED");
      default -> List.of("CREATED", "ACCEPTED", "PICKED", "DELIVERED");
    };
  }

  private void send(SoakOrder order, String type, long age) {
    long at = order.at(type) + age + delay();
    arrive(at, order, type, Harm.NONE);
    if (random.nextInt(20) == 0) {
      arrive(at + random.nextInt((int) (2 * MINUTE)), order, type, Harm.NONE);
    }
    if (random.nextInt(300) == 0) {
      arrive(at, order, type, Harm.values()[1 + random.nextInt(3)]);
    }
  }

  private void arrive(long atMillis, SoakOrder order, String type, Harm harm) {
    if (atMillis >= startMillis) {
      arrivals.add(new SoakArrival(atMillis, order, type, harm));
    }
  }

  private long delay() {
    return switch (random.nextInt(50)) {
      case 0 -> MINUTE + random.nextInt((int) MINUTE);
      case 1, 2, 3, 4, 5, 6, 7, 8, 9 -> random.nextInt((int) (5 * SECOND));
      default -> random.nextInt(500);
    };
  }

  private static SoakEvent event(SoakArrival arrival, long nowMillis) {
    EventJson event = arrival.order().event(arrival.type());
    String json =
        switch (arrival.harm()) {
          case NONE -> event.toString();
          case CUT_OFF -> event.toString().substring(0, event.toString().length() / 2);
          case NO_ID -> event.without("eventId").toString();
          case FAR_AHEAD ->
              event.with("occurredAt", Long.toString(nowMillis + 2 * HOUR)).toString();
        };
    return new SoakEvent(arrival.type(), arrival.order(), json, arrival.harm() != Harm.NONE);
  }
}
