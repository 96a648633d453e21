package dev.freshet.operations.cost;

import dev.freshet.operations.cost.Item.Factor;
import dev.freshet.operations.cost.Item.Product;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes bills at list prices. */
public final class BillMaker {

  private final PriceFactors prices;
  private final Figures figures;

  BillMaker(Prices prices, Figures figures) {
    this.prices = new PriceFactors(prices);
    this.figures = figures;
  }

  public static BillMaker ofListPrices() {
    return new BillMaker(Prices.load(), Figures.load());
  }

  public Bill bill(DeclaredStage stage, Variant variant, Load load) {
    BillingSettings settings = stage.settings().with(variant.changes());
    Traffic traffic = new Traffic(stage, settings, load, figures);
    StoreNodes state = nodes("state", traffic.stateStoreCores(), load.eventsPerSecond(), settings);
    StoreNodes features =
        nodes("feature", traffic.featureStoreCores(), load.eventsPerSecond(), settings);
    FunctionItems functions = new FunctionItems(settings, traffic, load, figures, prices);
    List<Item> items = new ArrayList<>(new StreamItems(stage, settings, traffic, prices).all());
    items.addAll(functions.functions());
    items.addAll(functions.recalculation());
    items.add(Item.of("ElastiCache, state store", nodes(state)));
    items.add(Item.of("ElastiCache, feature store", nodes(features)));
    if (!stage.withHistory().isEmpty()) {
      items.add(history(stage, load));
    }
    items.add(functions.logs());
    items.add(functions.traces());
    items.add(alarms(stage, traffic));
    return new Bill(
        variant,
        load.eventsPerSecond(),
        settings,
        List.copyOf(items),
        List.of(endpoints(traffic, load)),
        assumed(traffic, state, features));
  }

  private StoreNodes nodes(
      String store, double cores, double eventsPerSecond, BillingSettings settings) {
    boolean isState = store.equals("state");
    double bytes = eventsPerSecond * figures.of("/%sStore/bytesAnEventASecond".formatted(store));
    return StoreNodes.of(
        isState ? "StateStoreShards" : "FeatureStoreShards",
        cores,
        bytes,
        settings,
        figures,
        prices.prices());
  }

  private Product nodes(StoreNodes nodes) {
    return Product.of(
        Factor.of(nodes.nodes(), " × " + nodes.type()),
        PriceFactors.MONTH,
        prices.factor(nodes.price()));
  }

  private Item history(DeclaredStage stage, Load load) {
    double events =
        stage.withHistory().stream()
            .flatMap(group -> DeclaredStage.streamsOf(group).stream())
            .mapToDouble(load::eventsOf)
            .sum();
    double writes =
        load.measured().historyWrites().isPresent()
            ? load.measured().historyWrites().getAsDouble() * load.eventsPerSecond()
            : events * figures.of("/history/writesAnEvent");
    double gigabytes = load.eventsPerSecond() * figures.of("/history/gigabytesAnEventASecond");
    return Item.of(
        "DynamoDB",
        Product.of(
            Factor.of(writes, " writes/s"),
            PriceFactors.MONTH_SECONDS,
            Factor.of(figures.of("/history/unitsAWrite"), " units"),
            prices.ofMillion("dynamodb.write")),
        Product.of(Factor.of(gigabytes, " GB"), prices.factor("dynamodb.recovery")),
        Product.of(
            Factor.of(Math.max(0, gigabytes - 25), " GB beyond 25"),
            prices.factor("dynamodb.storage")));
  }

  /** Alarms as deployment/alarms.js makes them, and the secrets of the Redis stack. */
  private Item alarms(DeclaredStage stage, Traffic traffic) {
    int readers = stage.reads().size() + (traffic.isDirect() ? 0 : 1);
    int alarms = 2 * stage.functions() + readers + 7 + (stage.withHistory().isEmpty() ? 0 : 2);
    return Item.of(
        "alarms, secrets",
        Product.of(Factor.of(alarms, " alarms"), prices.factor("cloudwatch.alarm")),
        Product.of(Factor.of(4, " secrets"), prices.factor("secrets-manager.secret")));
  }

  private Item endpoints(Traffic traffic, Load load) {
    return Item.of(
        "two interface endpoints in two zones",
        Product.of(
            Factor.of(4, " endpoints"), PriceFactors.MONTH, prices.factor("privatelink.endpoint")),
        Product.of(
            PriceFactors.gigabytes(traffic.results() * load.resultBytes()),
            prices.factor("privatelink.gigabyte")));
  }

  private static Map<String, String> assumed(
      Traffic traffic, StoreNodes state, StoreNodes features) {
    Map<String, String> assumed = new LinkedHashMap<>();
    traffic
        .shards()
        .forEach((stream, shards) -> assumed.put("shards of " + stream, Item.number(shards)));
    assumed.put("events in a batch", Item.number(traffic.eventsInBatch()));
    assumed.put("instances at most", Item.number(traffic.instances()));
    assumed.put("recalculations at work", Item.number(traffic.executions()));
    assumed.put("cores of the state store", Item.number(traffic.stateStoreCores()));
    assumed.put(
        "masters of the state store",
        "%s of %s".formatted(Item.number(state.masters()), state.type()));
    assumed.put("cores of the feature store", Item.number(traffic.featureStoreCores()));
    assumed.put(
        "masters of the feature store",
        "%s of %s".formatted(Item.number(features.masters()), features.type()));
    return assumed;
  }
}
