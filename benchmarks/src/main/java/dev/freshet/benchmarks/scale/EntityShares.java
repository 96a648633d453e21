package dev.freshet.benchmarks.scale;

import java.util.stream.IntStream;

/**
 * The entities of a dimension, some busier than others by Zipf's law.
 *
 * @param prefix of ids, before a number
 * @param skew the exponent; 0 if all are equally busy
 */
record EntityShares(String dimension, String prefix, int size, double skew) {

  /** So many are told apart: with more, the work is only spread more evenly. */
  private static final int MOST = 200_000;

  interface Visitor {

    /**
     * Takes an entity.
     *
     * @param share of the dimension's events that the entity has
     */
    void visit(String id, double share);
  }

  /** Returns the population of a dimension in a city, or many, of so many stores. */
  static EntityShares of(String dimension, long stores) {
    return switch (dimension) {
      case "store" -> new EntityShares(dimension, "", capped(stores), 0.6);
      case "courier" -> new EntityShares(dimension, "", capped(2 * stores), 0.6);
      case "customer" -> new EntityShares(dimension, "", capped(20 * stores), 0);
      case "city" ->
          new EntityShares(dimension, "C", (int) Math.min(Math.max(5, stores / 200), 5_000), 1);
      default -> throw new IllegalArgumentException("no population of dimension " + dimension);
    };
  }

  private static int capped(long size) {
    return (int) Math.min(size, MOST);
  }

  void forEach(Visitor visitor) {
    double all = IntStream.range(0, size).mapToDouble(this::weight).sum();
    for (int rank = 0; rank < size; rank++) {
      visitor.visit(prefix + rank, weight(rank) / all);
    }
  }

  private double weight(int rank) {
    return Math.pow(rank + 1.0, -skew);
  }
}
