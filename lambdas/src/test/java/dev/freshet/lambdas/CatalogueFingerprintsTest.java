package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Tests the fingerprints of the catalogue's declarations. With a changed fingerprint, functions
 * translate the state of the earlier declaration, and features may be incomplete for a while:
 * change an expected value only if that is intended.
 */
class CatalogueFingerprintsTest {

  @Test
  void noFingerprintChangesByAccident() {
    Map<String, String> found = new TreeMap<>();
    for (FeatureGroup group : new OrdersCatalogue().groups()) {
      found.put(group.name(), group.fingerprint());
    }
    assertThat(found)
        .containsAllEntriesOf(
            Map.of(
                "city_demand", "66149b62",
                "city_orders", "e0e79d0f",
                "courier_accept_time", "307cc438",
                "courier_history", "115ab4a4",
                "customer_history", "5f1362d3",
                "customer_waiting_time", "886c589c",
                "store_delivery_time", "2df7298a",
                "store_orders", "1487c8d8",
                "store_preparation_time", "8e7626b5"));
  }
}
