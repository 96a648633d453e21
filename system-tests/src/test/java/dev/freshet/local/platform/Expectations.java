package dev.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.oracle.NewestResults;
import dev.freshet.oracle.Oracle;
import java.util.Map;
import java.util.TreeMap;

/** Compares a feature store with the oracle, every group of every entity at its own instant. */
final class Expectations {

  private static final String[] ALL_TYPES = {
    "ORDER_CREATED", "ORDER_ACCEPTED", "ORDER_PICKED", "ORDER_DELIVERED", "ORDER_CANCELLED"
  };

  private final Oracle oracle;
  private final FeatureStoreReader store;
  private int compared;

  Expectations(Oracle oracle, FeatureStoreReader store) {
    this.oracle = oracle;
    this.store = store;
  }

  /** Compares every group of the reference catalogue for every entity that its events name. */
  void checkAllGroups() {
    check("courier", "courierId", "courier_accept_time", "ORDER_DELIVERED");
    check("courier", "courierId", "courier_history", "ORDER_DELIVERED");
    check("customer", "customerId", "customer_history", "ORDER_CREATED", "ORDER_CANCELLED");
    check("customer", "customerId", "customer_waiting_time", "ORDER_DELIVERED");
    check("store", "storeId", "store_delivery_time", "ORDER_DELIVERED");
    check("store", "storeId", "store_preparation_time", "ORDER_PICKED");
    check("store", "storeId", "store_orders", ALL_TYPES);
    check("city", "cityCode", "city_orders", "ORDER_CREATED", "ORDER_DELIVERED", "ORDER_CANCELLED");
    check("city", "cityCode", "city_demand", "ORDER_CREATED");
  }

  /** Compares one group for every entity that events of these types name. */
  void check(String dimension, String member, String group, String... types) {
    for (String entity : oracle.entities(member, types)) {
      check(dimension, entity, group);
    }
  }

  /** Returns the number of features compared. */
  int compared() {
    return compared;
  }

  private void check(String dimension, String entity, String group) {
    Map<String, String> stored = new TreeMap<>(store.readAll(dimension, entity));
    String computedAt = stored.get(group + ":@computed_at");
    if (computedAt == null) {
      // Only late events: nothing is known of the entity, and at no later instant will there be.
      assertThat(oracle.features(group, entity, TestPlatform.CLOCK.millis()).values())
          .as("%s of %s %s, which is not stored", group, dimension, entity)
          .allMatch(value -> value == 0);
      return;
    }
    Map<String, Double> found = new TreeMap<>();
    String prefix = group + ":";
    stored.forEach(
        (field, value) -> {
          if (field.startsWith(prefix) && !field.contains("@")) {
            found.put(field.substring(prefix.length()), Double.valueOf(value));
          }
        });
    FeatureGroup declared = Catalogue.load().group(group);
    NewestResults.check(declared, entity, found, oracle, Long.parseLong(computedAt));
    compared += found.size();
  }
}
