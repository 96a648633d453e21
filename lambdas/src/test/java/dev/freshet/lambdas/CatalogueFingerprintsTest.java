package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Tests the fingerprints of the catalogue's declarations. A changed fingerprint starts its group's
 * state anew: change an expected value only if that is intended, and say so in the changelog.
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
                "city_demand", "zrn0p9",
                "city_orders", "dwe7h0",
                "courier_accept_time", "e31g5r",
                "customer_waiting_time", "a4kl28",
                "store_delivery_time", "c6o558",
                "store_orders", "5n8a1h",
                "store_preparation_time", "ucl51r"));
  }
}
