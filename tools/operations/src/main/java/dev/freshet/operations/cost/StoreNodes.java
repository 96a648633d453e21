package dev.freshet.operations.cost;

import java.util.Comparator;

/**
 * The nodes of a Redis.
 *
 * @param type of a node
 * @param masters how many shards
 * @param nodes masters and replicas
 * @param price the name of a node's price
 */
record StoreNodes(String type, double masters, double nodes, String price) {

  private static final double BYTES_A_GIBIBYTE = 1L << 30;

  /**
   * Returns the declared nodes, with more masters if these are too few; or, if the sizes are to be
   * those that are needed, the cheapest.
   *
   * @param shards the setting with the declared number of masters
   */
  static StoreNodes of(
      String shards,
      double cores,
      double bytes,
      BillingSettings settings,
      Figures figures,
      Prices prices) {
    double declared = settings.number(shards);
    if (settings.is("sizes", "declared")) {
      return of(settings.text("NodeType"), declared, cores, bytes, settings, figures);
    }
    return figures.nodes().keySet().stream()
        .filter(type -> !type.equals("cache.t4g.micro"))
        .map(type -> of(type, 1, cores, bytes, settings, figures))
        .filter(nodes -> nodes.masters() == 1 || !nodes.type().contains(".t"))
        .min(Comparator.comparingDouble(each -> each.nodes() * prices.of(each.price())))
        .orElseThrow();
  }

  private static StoreNodes of(
      String type,
      double least,
      double cores,
      double bytes,
      BillingSettings settings,
      Figures figures) {
    double gibibytes =
        figures
            .of("/nodes/gibibytes", type)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the memory of %s is not known: add it to figures.json, and its price"
                            .formatted(type)));
    double forCores = Math.ceil(cores / figures.of("/nodes/cores"));
    double forMemory =
        Math.ceil(bytes / (gibibytes * BYTES_A_GIBIBYTE * figures.of("/nodes/memory")));
    double masters = Math.max(least, Math.max(forCores, forMemory));
    double nodes = masters * (1 + settings.number("ReplicasPerShard"));
    String price = "elasticache.%s.%s".formatted(settings.text("Engine"), type);
    return new StoreNodes(type, masters, nodes, price);
  }
}
