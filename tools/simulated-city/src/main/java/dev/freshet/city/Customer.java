package dev.freshet.city;

/**
 * A customer's habit.
 *
 * @param doorSeconds median time from the bell to the open door
 */
record Customer(int id, double doorSeconds) {

  static Customer draw(int id, Chance chance) {
    return new Customer(id, chance.logNormal(85, 0.35));
  }
}
