package dev.freshet.benchmarks;

/**
 * The city whose orders are generated.
 *
 * @param skew the exponent of Zipf's law by which stores and couriers are more or less busy
 * @param ordersPerSecond of simulated time, of all stores together; Poisson
 */
record City(int couriers, int stores, int towns, double skew, double ordersPerSecond, long seed) {

  /** Couriers, stores and towns of the goals. */
  static City ofGoals(double ordersPerSecond, long seed) {
    return new City(2_000, 1_000, 5, 0.6, ordersPerSecond, seed);
  }

  /** One store, one courier, one town: a hot key. */
  static City ofOneStore(double ordersPerSecond, long seed) {
    return new City(1, 1, 1, 0, ordersPerSecond, seed);
  }
}
