package dev.freshet.benchmarks.load;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The events of a city's orders without end, in the order they occur: of each order its creation,
 * its acceptance 20 s to 3 min later, then its pick-up after 5 to 15 min and its delivery after 8
 * to 25 min more.
 */
public final class OrderEvents {

  /** Any instant does: time is what the events say it is. */
  private static final long START_MILLIS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private final City city;
  private final SplittableRandom random;
  private final Choice stores;
  private final Choice couriers;
  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>(Comparator.comparingLong(Pending::at));
  private double nextOrderMillis = START_MILLIS;
  private long orders;

  public OrderEvents(City city) {
    this.city = city;
    this.random = new SplittableRandom(city.seed());
    this.stores = city.choice(city.stores());
    this.couriers = city.choice(city.couriers());
  }

  public SourceEvent next() {
    while (pending.isEmpty() || pending.peek().at() >= nextOrderMillis) {
      pending.add(new Pending(order(), OrderStream.CREATED));
    }
    Pending due = pending.poll();
    if (due.stage() != OrderStream.DELIVERED) {
      pending.add(new Pending(due.order(), due.stage().next()));
    }
    return new SourceEvent(due.stage(), due.order());
  }

  private Order order() {
    long createdAt = (long) nextOrderMillis;
    nextOrderMillis -= Math.log(1 - random.nextDouble()) * 1_000 / city.ordersPerSecond();
    int store = stores.draw(random);
    long acceptedAt = createdAt + seconds(20, 180);
    long pickedAt = acceptedAt + seconds(300, 900);
    long requestedAt = acceptedAt + seconds(1, 60);
    long deliveredAt = pickedAt + seconds(480, 1_500);
    return new Order(
        "order-%09d".formatted(orders++),
        store,
        couriers.draw(random),
        random.nextInt(100_000),
        store % city.towns(),
        random.nextInt(500, 10_000),
        createdAt,
        acceptedAt,
        pickedAt,
        requestedAt,
        requestedAt + seconds(3, 90),
        deliveredAt - seconds(30, 240),
        deliveredAt);
  }

  private long seconds(int from, int to) {
    return random.nextInt(from * 1_000, to * 1_000);
  }

  /** The next event of an order. */
  private record Pending(Order order, OrderStream stage) {

    long at() {
      return order.at(stage);
    }
  }
}
