package dev.freshet.city;

/**
 * A store's habits.
 *
 * @param acceptSeconds median time to accept an order
 * @param preparationSeconds median time in the kitchen
 * @param preparationSpread deviation of the logarithm of the time in the kitchen
 * @param itemCents median price of an item
 */
record StoreHabits(
    int id,
    double acceptSeconds,
    double preparationSeconds,
    double preparationSpread,
    double itemCents) {

  static StoreHabits draw(int id, Chance chance) {
    double preparationMinutes = chance.logNormal(13, 0.22);
    return new StoreHabits(
        id,
        chance.between(55, 150),
        60 * preparationMinutes,
        chance.between(0.12, 0.32),
        chance.logNormal(950, 0.35));
  }
}
