package dev.freshet.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Random orders of a few stores, couriers and cities, on a coarse grid of times so that boundaries
 * and ties are hit often.
 */
public final class RandomHistory {

  private static final long GRID = 30_000;

  private final Random random;
  private final String run;
  private final long startMillis;
  private final int entities;

  /** Orders of three stores. */
  public RandomHistory(long seed, long startMillis) {
    this(seed, startMillis, 3);
  }

  /**
   * @param entities how many stores and couriers there are; a few more customers and fewer cities
   */
  public RandomHistory(long seed, long startMillis, int entities) {
    this.entities = entities;
    this.random = new Random(seed);
    this.run = Long.toString(seed);
    this.startMillis = startMillis;
  }

  /** The events of some orders in the order they arrive: late, early, more than once. */
  public List<Arrival> arrivals(int orders) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int order = 0; order < orders; order++) {
      addOrder(arrivals, run + "-" + order);
    }
    arrivals.addAll(
        arrivals.stream().filter(each -> random.nextInt(5) == 0).map(this::again).toList());
    Collections.shuffle(arrivals, random);
    arrivals.sort((a, b) -> Long.compare(a.atMillis(), b.atMillis()));
    return arrivals;
  }

  private void addOrder(List<Arrival> arrivals, String order) {
    long created = startMillis + random.nextInt(400) * GRID;
    long accepted = created + random.nextInt(10) * GRID;
    long picked = accepted + random.nextInt(40) * GRID;
    long delivered = picked + random.nextInt(60) * GRID;
    String common =
        "\"orderId\":\"%s\",\"storeId\":%d,\"cityCode\":\"c%d\""
            .formatted(order, random.nextInt(entities), random.nextInt(Math.max(1, entities - 1)));
    String customer = ",\"customerId\":\"u%d\"".formatted(random.nextInt(entities + 1));
    String amount =
        random.nextInt(4) == 0
            ? ""
            : ",\"totalAmount\":" + (random.nextInt(4000) - 500) / 100.0 * 1.1;
    add(arrivals, "ORDER_CREATED", order, created, common + customer + amount);
    add(arrivals, "ORDER_ACCEPTED", order, accepted, common);
    if (random.nextInt(8) == 0) {
      long cancelled = accepted + random.nextInt(5) * GRID;
      add(arrivals, "ORDER_CANCELLED", order, cancelled, common + customer);
      return;
    }
    String courier = ",\"courierId\":\"k%d\"".formatted(random.nextInt(entities));
    add(
        arrivals,
        "ORDER_PICKED",
        order,
        picked,
        common + courier + times("createdAt", created, "acceptedAt", accepted, "pickedAt", picked));
    long requested = accepted + random.nextInt(100_000);
    add(
        arrivals,
        "ORDER_DELIVERED",
        order,
        delivered,
        common
            + courier
            + customer
            + times("createdAt", created, "courierRequestedAt", requested)
            + times("courierAcceptedAt", requested + random.nextInt(5) * 1_500L)
            + times("arrivedAt", delivered - random.nextInt(300_000), "deliveredAt", delivered));
  }

  /** Some events are told twice, as two events that differ about the time. */
  private void add(List<Arrival> arrivals, String type, String order, long at, String members) {
    addEvent(arrivals, type, order + "-" + type, at, members);
    if (random.nextInt(12) == 0) {
      long other = at + (random.nextInt(11) - 5) * GRID;
      addEvent(arrivals, type, order + "-" + type + "-told-again", other, members);
    }
  }

  /** Most events are seen at once, some up to an hour before their time, some over an hour late. */
  private void addEvent(List<Arrival> arrivals, String type, String id, long at, String members) {
    long delay =
        switch (random.nextInt(6)) {
          case 0 -> -random.nextInt(121) * GRID;
          case 1, 2 -> random.nextInt(150) * GRID;
          default -> random.nextInt(2_000);
        };
    if (random.nextInt(20) == 0) {
      return;
    }
    String json =
        "{\"eventId\":\"%s\",\"eventType\":\"%s\",\"occurredAt\":%s,%s}"
            .formatted(id, type, time(at), members);
    arrivals.add(new Arrival(at + delay, json));
  }

  private Arrival again(Arrival arrival) {
    return new Arrival(arrival.atMillis() + random.nextInt(100) * GRID, arrival.json());
  }

  private String times(Object... namesAndTimes) {
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < namesAndTimes.length; i += 2) {
      members.append(",\"%s\":%s".formatted(namesAndTimes[i], time((Long) namesAndTimes[i + 1])));
    }
    return members.toString();
  }

  private String time(long millis) {
    return random.nextBoolean()
        ? Long.toString(millis)
        : "\"" + Instant.ofEpochMilli(millis) + "\"";
  }
}
