package dev.freshet.city;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * The stores, couriers and customers of one town.
 *
 * <p>The towns get ids in turn: a low id is a busy store in every town, and an id belongs to the
 * same town with any seed.
 */
final class Population {

  private static final int STORES = 1_000;
  private static final int COURIERS = 2_000;
  private static final int CUSTOMERS = 40_000;

  /** The share of the orders that the first tenth of the customers places. */
  private static final double REGULARS_SHARE = 0.3;

  private static final int COURIERS_COMPARED = 3;
  private static final double[] STORE_WEIGHTS = Chance.zipf(STORES / Town.ALL.size(), 4, 0.9);

  private final List<StoreHabits> stores;
  private final List<Courier> couriers;
  private final List<Customer> customers;

  private Population(int town, Chance habits) {
    this.stores = residents(STORES, town, id -> StoreHabits.draw(id, habits));
    this.couriers = residents(COURIERS, town, id -> Courier.draw(id, habits));
    this.customers = residents(CUSTOMERS, town, id -> Customer.draw(id, habits));
  }

  /** Returns a population for each of {@link Town#ALL}, with habits drawn from {@code random}. */
  static List<Population> ofAllTowns(RandomGenerator random) {
    Chance habits = new Chance(random);
    List<Population> all = new ArrayList<>();
    for (int town = 0; town < Town.ALL.size(); town++) {
      all.add(new Population(town, habits));
    }
    return List.copyOf(all);
  }

  private static <T> List<T> residents(int ofAllTowns, int town, IntFunction<T> draw) {
    List<T> residents = new ArrayList<>();
    for (int id = town + 1; id <= ofAllTowns; id += Town.ALL.size()) {
      residents.add(draw.apply(id));
    }
    return List.copyOf(residents);
  }

  StoreHabits store(Chance chance) {
    return stores.get(chance.pick(STORE_WEIGHTS));
  }

  Customer customer(Chance chance) {
    boolean regular = chance.happens(REGULARS_SHARE);
    return customers.get(chance.below(regular ? customers.size() / 10 : customers.size()));
  }

  /** Draws a few couriers, and returns the one that is free first. */
  Courier courier(Chance chance) {
    Courier best = couriers.get(chance.below(couriers.size()));
    for (int i = 1; i < COURIERS_COMPARED; i++) {
      Courier other = couriers.get(chance.below(couriers.size()));
      best = other.freeFromMillis() < best.freeFromMillis() ? other : best;
    }
    return best;
  }
}
