package dev.freshet.city;

import java.util.List;

/** Plans orders: draws all their times. */
final class OrderPlanner {

  private static final double CANCELLED_SHARE = 0.04;
  private static final double DRIVE_SECONDS = 10.5 * 60;

  private final String run;
  private final Demand demand = new Demand(Town.ALL);
  private final List<Population> populations;
  private final Chance chance;
  private long orders;

  /**
   * @param run the start of the ids of all orders
   */
  OrderPlanner(String run, List<Population> populations, Chance chance) {
    this.run = run;
    this.populations = populations;
    this.chance = chance;
  }

  /** Plans the next order; calls must be in the order of time. */
  PlannedOrder order(long createdAt) {
    int town = demand.town(createdAt, chance);
    double rush = demand.rush(town, createdAt);
    Population people = populations.get(town);
    StoreHabits store = people.store(chance);
    Courier courier = people.courier(chance);
    Customer customer = people.customer(chance);
    int items = itemCount();

    long accepted = createdAt + acceptMillis(store, rush);
    long preparation = preparationMillis(store, items, rush);
    long requested = accepted + Math.round(preparation * chance.between(0.2, 0.6));
    long courierAccepted = requested + courierAcceptMillis(courier, rush);
    long courierThere = courierAccepted + driveMillis(courier, rush) / 3;
    long picked = Math.max(accepted + preparation, courierThere);
    long arrived = picked + driveMillis(courier, rush);
    long delivered = arrived + millis(chance.logNormal(customer.doorSeconds(), 0.4));
    courier.busyUntil(delivered);
    return new PlannedOrder(
        run,
        ++orders,
        Town.ALL.get(town),
        store.id(),
        courier.id(),
        customer.id(),
        amountCents(store, items),
        items,
        createdAt,
        accepted,
        requested,
        courierAccepted,
        picked,
        arrived,
        delivered,
        cancelled(createdAt, picked));
  }

  private int itemCount() {
    return Math.min(12, 1 + (int) chance.gap(1.8));
  }

  private long amountCents(StoreHabits store, int items) {
    return Math.round(items * chance.logNormal(store.itemCents(), 0.25));
  }

  private long acceptMillis(StoreHabits store, double rush) {
    return millis(chance.logNormal(store.acceptSeconds(), 0.35) * (1 + 0.3 * rush));
  }

  private long preparationMillis(StoreHabits store, int items, double rush) {
    double size = 0.92 + 0.03 * items;
    double usual = chance.logNormal(store.preparationSeconds(), store.preparationSpread());
    return millis(usual * size * (1 + 0.35 * rush));
  }

  private long courierAcceptMillis(Courier courier, double rush) {
    return millis(chance.logNormal(courier.acceptSeconds(), 0.5) * (1 + 0.5 * rush));
  }

  private long driveMillis(Courier courier, double rush) {
    return millis(chance.logNormal(DRIVE_SECONDS, 0.33) / courier.speed() * (1 + 0.2 * rush));
  }

  private long cancelled(long created, long picked) {
    return chance.happens(CANCELLED_SHARE)
        ? created + Math.round((picked - created) * chance.between(0.05, 0.9))
        : PlannedOrder.NEVER;
  }

  private static long millis(double seconds) {
    return Math.round(seconds * 1000);
  }
}
