package dev.freshet.operations.cost;

import dev.freshet.operations.cost.Item.Factor;
import dev.freshet.operations.cost.Item.Product;
import java.util.ArrayList;
import java.util.List;

/** The lines of a bill about Kinesis. */
record StreamItems(
    DeclaredStage stage, BillingSettings settings, Traffic traffic, PriceFactors prices) {

  List<Item> all() {
    double shards = traffic.shards().values().stream().mapToDouble(each -> each).sum();
    List<Item> items = new ArrayList<>();
    items.add(
        Item.of(
            "Kinesis shards",
            Product.of(
                Factor.of(shards, " shards"), PriceFactors.MONTH, prices.factor("kinesis.shard"))));
    items.add(retention());
    items.add(
        Item.of(
            "Kinesis puts",
            Product.of(
                Factor.of(traffic.eventUnits(), "/s of events"),
                PriceFactors.MONTH_SECONDS,
                prices.ofMillion("kinesis.put")),
            Product.of(
                Factor.of(traffic.resultUnits(), "/s of results"),
                PriceFactors.MONTH_SECONDS,
                prices.ofMillion("kinesis.put"))));
    items.add(fanOut());
    return items;
  }

  private Item retention() {
    List<Product> terms = new ArrayList<>();
    for (String prefix : List.of("order", "results", "dead-letter")) {
      double hours = settings.number(prefix + "-retention-hours");
      double shards =
          switch (prefix) {
            case "order" -> stage.streams().stream().mapToDouble(traffic.shards()::get).sum();
            case "results" -> traffic.shards().get(DeclaredStage.RESULTS);
            default -> traffic.shards().get(DeclaredStage.DEAD_LETTERS);
          };
      if (hours > 24) {
        String unit = " shards of %.0f h".formatted(hours);
        terms.add(
            Product.of(
                Factor.of(shards, unit), PriceFactors.MONTH, prices.factor("kinesis.retention")));
      }
    }
    return new Item("Kinesis retention beyond 24 h", terms);
  }

  private Item fanOut() {
    if (!settings.is("consumer", "dedicated")) {
      return new Item("enhanced fan-out", List.of());
    }
    double consumers =
        traffic.readings().stream().mapToDouble(each -> traffic.shards().get(each.stream())).sum();
    consumers += traffic.isDirect() ? 0 : traffic.shards().get(DeclaredStage.RESULTS);
    return Item.of(
        "enhanced fan-out",
        Product.of(
            Factor.of(consumers, " consumers and shards"),
            PriceFactors.MONTH,
            prices.factor("kinesis.consumer")),
        Product.of(
            PriceFactors.gigabytes(traffic.bytesRead()),
            prices.factor("kinesis.consumer-gigabyte")));
  }
}
