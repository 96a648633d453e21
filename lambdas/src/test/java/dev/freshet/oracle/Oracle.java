package dev.freshet.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reference catalogue, slow and obvious: each feature straight from its definition, over the
 * list of all events. Every fast path is compared with it, and it shares no code with them.
 */
public final class Oracle {

  private static final double ROUNDING = 1e-9;
  private static final long MINUTE = 60_000;
  private static final long LOOK_BACK = 180 * MINUTE;
  private static final List<Long> OFFSETS =
      Stream.of(0, 1, 5, 10, 15, 30, 60, 180).map(minutes -> minutes * MINUTE).toList();

  private static final Set<String> GROUPS =
      Set.of(
          "city_demand",
          "city_orders",
          "courier_accept_time",
          "courier_history",
          "customer_history",
          "customer_waiting_time",
          "store_delivery_time",
          "store_orders",
          "store_preparation_time");

  private final Collection<OracleEvent> events;
  private final Map<String, OracleEvent> latest = new LinkedHashMap<>();
  private final Map<String, Map<String, List<OracleEvent>>> byMember = new HashMap<>();

  /**
   * An oracle of the events; the same {@code eventId} seen twice is one event: of several times the
   * latest counts among the last n, the earliest in windows and lifecycles.
   */
  public Oracle(Collection<OracleEvent> events) {
    Map<String, OracleEvent> byId = new LinkedHashMap<>();
    for (OracleEvent event : events) {
      byId.merge(event.eventId(), event, (a, b) -> b.occurredAt() < a.occurredAt() ? b : a);
      latest.merge(event.eventId(), event, (a, b) -> b.occurredAt() > a.occurredAt() ? b : a);
    }
    this.events = byId.values();
  }

  /** The groups that it knows, as the catalogue on the class path declares them. */
  public static List<FeatureGroup> groups() {
    return Catalogue.load().groups().stream()
        .filter(group -> GROUPS.contains(group.name()))
        .toList();
  }

  /** The ids of a dimension that occur in events of the given types. */
  public Set<String> entities(String member, String... types) {
    Set<String> ids = new TreeSet<>();
    events.stream()
        .filter(event -> List.of(types).contains(event.type()) && event.has(member))
        .forEach(event -> ids.add(event.text(member)));
    return ids;
  }

  /** The features of a group for an entity at an instant; absent ones have no entry. */
  public Map<String, Double> features(String group, String entity, long at) {
    return switch (group) {
      case "courier_accept_time" ->
          OracleStatistics.of(
              last(
                  50,
                  "ORDER_DELIVERED",
                  "courierId",
                  entity,
                  "courierRequestedAt",
                  "courierAcceptedAt"),
              "count",
              "mean",
              "stddev",
              "p90");
      case "courier_history" ->
          OracleHistory.ofCourier(of("courierId", entity, "ORDER_DELIVERED"), at);
      case "customer_history" ->
          OracleHistory.ofCustomer(
              of("customerId", entity, "ORDER_CREATED"),
              of("customerId", entity, "ORDER_CANCELLED"),
              at);
      case "customer_waiting_time" ->
          OracleStatistics.of(
              last(20, "ORDER_DELIVERED", "customerId", entity, "arrivedAt", "deliveredAt"),
              "count",
              "mean",
              "p90");
      case "store_delivery_time" ->
          OracleStatistics.of(
              last(50, "ORDER_DELIVERED", "storeId", entity, "createdAt", "deliveredAt"),
              "count",
              "mean",
              "stddev",
              "p90",
              "ewma");
      case "store_preparation_time" ->
          OracleStatistics.of(
              last(50, "ORDER_PICKED", "storeId", entity, "acceptedAt", "pickedAt"),
              "count",
              "mean",
              "variance",
              "stddev",
              "min",
              "max",
              "p50",
              "p90",
              "rolling_mean_5",
              "rolling_mean_10",
              "ewma",
              "slope",
              "dominant_frequency",
              "spectral_entropy");
      case "store_orders" -> storeOrders(entity, at);
      case "city_orders" -> cityOrders(entity, at);
      case "city_demand" -> OracleWindows.demand(of("cityCode", entity, "ORDER_CREATED"), at);
      default -> throw new IllegalArgumentException("no such group: " + group);
    };
  }

  /**
   * Returns whether a feature that the engine computed is right. Counts, sums and means over time
   * are exact, a percentile of history is known to 1 %, and rounding may change other statistics.
   */
  public static boolean isRight(FeatureGroup group, String feature, double found, double expected) {
    if (feature.equals("accept_time_p90_30d")) {
      return Math.abs(found - expected) <= 0.01 * Math.abs(expected) + ROUNDING;
    }
    return group.movesWithTime()
        ? found == expected
        : Math.abs(found - expected) <= ROUNDING * Math.max(1, Math.abs(expected));
  }

  /**
   * The next instant after the given one at which a feature of a store or city changes as time
   * passes.
   */
  public OptionalLong validUntil(String group, String entity, long at) {
    Map<String, Double> now = features(group, entity, at);
    String member = group.startsWith("city") ? "cityCode" : "storeId";
    return of(member, entity).stream()
        .flatMap(event -> OFFSETS.stream().map(offset -> event.occurredAt() + offset))
        .filter(instant -> instant > at)
        .distinct()
        .sorted()
        .filter(instant -> !features(group, entity, instant).equals(now))
        .mapToLong(Long::longValue)
        .findFirst();
  }

  private Map<String, Double> storeOrders(String store, long at) {
    OracleItems orders = new OracleItems("orderId", of("storeId", store));
    Map<String, Double> features = new LinkedHashMap<>();
    for (int minutes : new int[] {5, 10, 30}) {
      features.put(
          "created_" + minutes + "m", orders.entered("ORDER_CREATED", minutes * MINUTE, at));
    }
    features.put("picked_30m", orders.entered("ORDER_PICKED", 30 * MINUTE, at));
    features.put(
        "awaiting_acceptance",
        orders.open(
            "ORDER_CREATED",
            LOOK_BACK,
            at,
            "ORDER_ACCEPTED",
            "ORDER_PICKED",
            "ORDER_DELIVERED",
            "ORDER_CANCELLED"));
    features.put(
        "unpicked",
        orders.open(
            "ORDER_CREATED", LOOK_BACK, at, "ORDER_PICKED", "ORDER_DELIVERED", "ORDER_CANCELLED"));
    features.put(
        "undelivered",
        orders.open("ORDER_CREATED", LOOK_BACK, at, "ORDER_DELIVERED", "ORDER_CANCELLED"));
    return features;
  }

  private Map<String, Double> cityOrders(String city, long at) {
    OracleItems orders =
        new OracleItems(
            "orderId", of("cityCode", city, "ORDER_CREATED", "ORDER_DELIVERED", "ORDER_CANCELLED"));
    Map<String, Double> features = new LinkedHashMap<>();
    features.put("delivered_30m", orders.entered("ORDER_DELIVERED", 30 * MINUTE, at));
    features.put(
        "undelivered",
        orders.open("ORDER_CREATED", LOOK_BACK, at, "ORDER_DELIVERED", "ORDER_CANCELLED"));
    return features;
  }

  private List<OracleEvent> of(String member, String entity, String... types) {
    return byMember.computeIfAbsent(member, this::byEntity).getOrDefault(entity, List.of()).stream()
        .filter(event -> types.length == 0 || List.of(types).contains(event.type()))
        .toList();
  }

  private Map<String, List<OracleEvent>> byEntity(String member) {
    return events.stream()
        .filter(event -> event.has(member))
        .collect(Collectors.groupingBy(event -> event.text(member)));
  }

  /** The seconds between two times in the last n events, oldest first. */
  private double[] last(int n, String type, String member, String entity, String from, String to) {
    List<OracleEvent> ordered =
        of(member, entity, type).stream()
            .map(event -> latest.get(event.eventId()))
            .filter(event -> event.time(from).isPresent() && event.time(to).isPresent())
            .sorted(
                Comparator.comparingLong(OracleEvent::occurredAt)
                    .thenComparing(
                        event -> event.eventId().getBytes(UTF_8), Arrays::compareUnsigned))
            .toList();
    return ordered.stream()
        .skip(Math.max(0, ordered.size() - n))
        .mapToDouble(event -> (event.time(to).getAsLong() - event.time(from).getAsLong()) / 1000.0)
        .toArray();
  }
}
