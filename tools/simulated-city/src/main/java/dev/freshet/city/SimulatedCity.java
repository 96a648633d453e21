package dev.freshet.city;

import dev.freshet.operations.events.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Orders of about a thousand stores in five towns around the world, from creation to delivery.
 *
 * <p>Orders arrive as a Poisson process; towns take turns in being hungry. The same seed and start
 * give the same events, whatever the instants at which they are asked for; another start gives the
 * same stores, couriers and customers other orders, and no order or event id is ever used by two
 * different starts or seeds. Orders already under way at the start exist, but only what happens to
 * them from then on is handed out. Memory grows with the orders in flight (about 40 minutes of
 * them). Not for several threads.
 */
public final class SimulatedCity {

  /** No order takes longer; so many minutes of orders are under way at the start at most. */
  static final Duration LONGEST_ORDER = Duration.ofMinutes(150);

  private static final double MINUTE_MILLIS = 60_000;

  private static final Comparator<Step> BY_TIME =
      Comparator.comparingLong(Step::atMillis).thenComparingLong(step -> step.order().number());

  private final long startMillis;
  private final double meanGapMillis;
  private final Chance chance;
  private final OrderPlanner planner;
  private final PriorityQueue<Step> steps = new PriorityQueue<>(BY_TIME);

  /** When the next order is placed; fractions are kept, or a high rate would come out low. */
  private double arrivalMillis;

  /** What happens next to an order. */
  private record Step(long atMillis, Order order, OrderEventType type) {}

  /**
   * @param ordersPerMinute how many orders are created a minute, on average, by all towns together
   * @param start nothing before this instant is handed out; kept to the millisecond
   */
  public SimulatedCity(long seed, int ordersPerMinute, Instant start) {
    if (ordersPerMinute < 1) {
      throw new IllegalArgumentException("orders per minute must be positive: " + ordersPerMinute);
    }
    this.startMillis = start.toEpochMilli();
    this.meanGapMillis = MINUTE_MILLIS / ordersPerMinute;
    this.chance = new Chance(new SplittableRandom(seed ^ Long.rotateLeft(startMillis, 24)));
    this.planner =
        new OrderPlanner(
            runPrefix(seed, startMillis),
            Population.ofAllTowns(new SplittableRandom(seed)),
            chance);
    this.arrivalMillis = startMillis - LONGEST_ORDER.toMillis();
  }

  /** Tells runs apart: no two pairs of seed and start share a prefix. */
  private static String runPrefix(long seed, long startMillis) {
    return Long.toUnsignedString(seed, 36) + "-" + Long.toString(startMillis, 36);
  }

  /** The streams that it needs, without the stage prefix used on AWS. */
  public static Set<String> streams() {
    return Arrays.stream(OrderEventType.values())
        .map(OrderEventType::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The events up to and including {@code now} that were not handed out yet, by time. */
  public List<OutgoingEvent> until(Instant now) {
    long nowMillis = now.toEpochMilli();
    List<OutgoingEvent> events = new ArrayList<>();
    while (Math.min(nextOrderMillis(), nextStepMillis()) <= nowMillis) {
      if (nextOrderMillis() <= nextStepMillis()) {
        placeOrder();
      } else {
        takeStep(events);
      }
    }
    return events;
  }

  /** How many orders are under way. */
  int ordersInFlight() {
    return steps.size();
  }

  private long nextOrderMillis() {
    return (long) arrivalMillis;
  }

  private long nextStepMillis() {
    return steps.isEmpty() ? Long.MAX_VALUE : steps.peek().atMillis();
  }

  private void placeOrder() {
    Order order = planner.order(nextOrderMillis());
    arrivalMillis += chance.gap(meanGapMillis);
    if (order.endsAt() >= startMillis) {
      plan(order, OrderEventType.ORDER_CREATED);
    }
  }

  private void takeStep(List<OutgoingEvent> events) {
    Step step = steps.remove();
    if (step.atMillis() >= startMillis) {
      events.add(OrderJson.event(step.order(), step.type()));
    }
    step.order().after(step.type()).ifPresent(next -> plan(step.order(), next));
  }

  private void plan(Order order, OrderEventType type) {
    steps.add(new Step(order.timeOf(type), order, type));
  }
}
