package dev.freshet.operations.cost;

import java.util.List;
import java.util.Map;

/**
 * The cost of a stage in a month of 730 hours, at list prices.
 *
 * @param variant how the stage is operated
 * @param eventsPerSecond of the load
 * @param settings that it is for
 * @param items that are summed up
 * @param apart items that depend on the network, and are not summed up
 * @param assumed the sizes that it is for, by name
 */
public record Bill(
    Variant variant,
    double eventsPerSecond,
    BillingSettings settings,
    List<Item> items,
    List<Item> apart,
    Map<String, String> assumed) {

  public double dollars() {
    return items.stream().mapToDouble(Item::dollars).sum();
  }
}
