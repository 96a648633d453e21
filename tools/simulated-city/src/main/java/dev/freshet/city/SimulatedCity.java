package dev.freshet.city;

import dev.freshet.operations.events.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Generates the events of orders of about a thousand stores in five towns around the world.
 *
 * <p>Orders arrive as a Poisson process, and each town orders most at its lunch and dinner times.
 * The same seed and start give the same events, however often {@link #until} is called. Another
 * start gives other orders of the same stores, couriers and customers. Two different seeds or
 * starts never share an order id or event id. Orders that began before the start exist, but only
 * their events from the start on are returned. Memory grows with the orders in progress, about 40
 * minutes of them. Not thread-safe.
 */
public final class SimulatedCity {

  /** The longest time of an order; the simulation begins this long before the start. */
  static final Duration LONGEST_ORDER = Duration.ofMinutes(150);

  private static final double MINUTE_MILLIS = 60_000;

  private static final Comparator<Step> BY_TIME =
      Comparator.comparingLong(Step::atMillis).thenComparingLong(step -> step.order().number());

  private final long startMillis;
  private final double meanGapMillis;
  private final Chance chance;
  private final LongFunction<PlannedOrder> planner;
  private final PriorityQueue<Step> steps = new PriorityQueue<>(BY_TIME);

  /** When the next order is placed; with fractions, so that high rates are exact. */
  private double arrivalMillis;

  /** The next event of an order. */
  private record Step(long atMillis, PlannedOrder order, OrderEventType type) {}

  /**
   * @param ordersPerMinute the average number of orders that all towns create in a minute
   * @param start the first instant of events, to the millisecond
   */
  public SimulatedCity(long seed, int ordersPerMinute, Instant start) {
    if (ordersPerMinute < 1) {
      throw new IllegalArgumentException("orders per minute must be positive: " + ordersPerMinute);
    }
    this.startMillis = start.toEpochMilli();
    this.meanGapMillis = MINUTE_MILLIS / ordersPerMinute;
    this.chance = new Chance(new SplittableRandom(seed ^ Long.rotateLeft(startMillis, 24)));
    String run = runPrefix(seed, startMillis);
    List<Population> populations = Population.ofAllTowns(new SplittableRandom(seed));
    this.planner = new OrderPlanner(run, populations, chance)::order;
    this.arrivalMillis = startMillis - LONGEST_ORDER.toMillis();
  }

  /** The orders of a planner from the start on; none began before. */
  SimulatedCity(
      LongFunction<PlannedOrder> planner, double meanGapMillis, Chance chance, Instant start) {
    this.startMillis = start.toEpochMilli();
    this.meanGapMillis = meanGapMillis;
    this.chance = chance;
    this.planner = planner;
    this.arrivalMillis = startMillis;
  }

  /** Returns a prefix of ids that no other pair of seed and start has. */
  private static String runPrefix(long seed, long startMillis) {
    return Long.toUnsignedString(seed, 36) + "-" + Long.toString(startMillis, 36);
  }

  /** Returns the streams of the events, without the stage prefix used on AWS. */
  public static Set<String> streams() {
    return Arrays.stream(OrderEventType.values())
        .map(OrderEventType::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the part of all events of a day that each stream gets. */
  public static Map<String, Double> shares() {
    return Arrays.stream(OrderEventType.values())
        .collect(Collectors.toMap(OrderEventType::stream, OrderEventType::share));
  }

  /** Returns the events up to and including {@code now} that were not returned yet, by time. */
  public List<OutgoingEvent> until(Instant now) {
    long nowMillis = now.toEpochMilli();
    List<OutgoingEvent> events = new ArrayList<>();
    while (Math.min(nextOrderMillis(), nextStepMillis()) <= nowMillis) {
      advance().ifPresent(events::add);
    }
    return events;
  }

  /** Returns the next event, whenever it occurs. */
  public OutgoingEvent next() {
    Optional<OutgoingEvent> event = advance();
    while (event.isEmpty()) {
      event = advance();
    }
    return event.get();
  }

  /** Returns how many orders are in progress. */
  int ordersInFlight() {
    return steps.size();
  }

  private long nextOrderMillis() {
    return (long) arrivalMillis;
  }

  private long nextStepMillis() {
    return steps.isEmpty() ? Long.MAX_VALUE : steps.peek().atMillis();
  }

  /**
   * Places an order or takes the next step of one; returns the event of the step, if it has one.
   */
  private Optional<OutgoingEvent> advance() {
    if (nextOrderMillis() <= nextStepMillis()) {
      placeOrder();
      return Optional.empty();
    }
    Step step = steps.remove();
    step.order().after(step.type()).ifPresent(next -> plan(step.order(), next));
    return step.atMillis() >= startMillis
        ? Optional.of(OrderEventWriter.event(step.order(), step.type()))
        : Optional.empty();
  }

  private void placeOrder() {
    PlannedOrder order = planner.apply(nextOrderMillis());
    arrivalMillis += chance.gap(meanGapMillis);
    if (order.endsAt() >= startMillis) {
      plan(order, OrderEventType.ORDER_CREATED);
    }
  }

  private void plan(PlannedOrder order, OrderEventType type) {
    steps.add(new Step(order.timeOf(type), order, type));
  }
}
