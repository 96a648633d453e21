package dev.freshet.benchmarks.load;

/**
 * The city whose orders are generated.
 *
 * @param skew the exponent of Zipf's law by which stores and couriers are more or less busy; {@link
 *     #IN_TURN} for one after another
 * @param ordersPerSecond of simulated time, of all stores together; Poisson
 */
public record City(
    int couriers, int stores, int towns, double skew, double ordersPerSecond, long seed) {

  public static final double IN_TURN = -1;

  /** The couriers and stores of the goals, mildly skewed. */
  public static City ofGoals(double ordersPerSecond, long seed) {
    return new City(2_000, 1_000, 5, 0.6, ordersPerSecond, seed);
  }

  /** One store, one town: a hot key. */
  public static City ofOneStore(double ordersPerSecond, long seed) {
    return new City(1, 1, 1, 0, ordersPerSecond, seed);
  }

  /** So many couriers and so many stores, none busier than another. */
  public static City ofKeys(int keys, double ordersPerSecond, long seed) {
    return new City(keys, keys, 1, IN_TURN, ordersPerSecond, seed);
  }

  Choice choice(int size) {
    return skew == IN_TURN ? Choice.inTurn(size) : new Zipf(size, skew);
  }
}
