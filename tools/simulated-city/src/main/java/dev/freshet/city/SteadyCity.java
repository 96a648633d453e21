package dev.freshet.city;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * A city without habits and times of day, for measurements: orders come at a steady rate, as a
 * Poisson process, and none is cancelled. An order is accepted after 20 s to 3 min, picked up after
 * 5 to 15 min more and delivered after another 8 to 25 min.
 *
 * @param skew the exponent of Zipf's law by which stores and couriers are more or less busy; {@link
 *     #IN_TURN} for one after another
 * @param ordersPerSecond of all stores together
 */
public record SteadyCity(
    int couriers, int stores, int towns, double skew, double ordersPerSecond, long seed) {

  public static final double IN_TURN = -1;

  /** Orders have ids of equal length. */
  private static final long FIRST_ORDER = 100_000_000;

  /** Returns the events of the city's orders without end, in the order they occur. */
  public SimulatedCity from(Instant start) {
    Chance chance = new Chance(new SplittableRandom(seed));
    return new SimulatedCity(
        new Planner(this, chance)::order, 1_000 / ordersPerSecond, chance, start);
  }

  private static final class Planner {

    private final Chance chance;
    private final ToIntFunction<Chance> stores;
    private final ToIntFunction<Chance> couriers;
    private final List<Town> towns;
    private long orders = FIRST_ORDER;

    Planner(SteadyCity city, Chance chance) {
      this.chance = chance;
      this.stores = choice(city.stores, city.skew);
      this.couriers = choice(city.couriers, city.skew);
      this.towns =
          IntStream.range(0, city.towns)
              .mapToObj(town -> new Town("C" + town, ZoneOffset.UTC, 1))
              .toList();
    }

    private static ToIntFunction<Chance> choice(int size, double skew) {
      if (skew == IN_TURN) {
        int[] next = {0};
        return chance -> next[0]++ % size;
      }
      double[] weights = Chance.zipf(size, 1, skew);
      return chance -> chance.pick(weights);
    }

    PlannedOrder order(long createdAt) {
      int store = stores.applyAsInt(chance);
      long accepted = createdAt + seconds(20, 180);
      long picked = accepted + seconds(300, 900);
      long requested = accepted + seconds(1, 60);
      long delivered = picked + seconds(480, 1_500);
      int cents = chance.below(10_000);
      return new PlannedOrder(
          "order",
          orders++,
          towns.get(store % towns.size()),
          store,
          couriers.applyAsInt(chance),
          chance.below(100_000),
          cents,
          1 + cents / 1_500,
          createdAt,
          accepted,
          requested,
          requested + seconds(3, 90),
          picked,
          delivered - seconds(30, 240),
          delivered,
          PlannedOrder.NEVER);
    }

    private long seconds(int from, int to) {
      return Math.round(1_000 * chance.between(from, to));
    }
  }
}
