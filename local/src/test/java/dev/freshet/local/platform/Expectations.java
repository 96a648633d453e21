package dev.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.featurestore.FeatureStoreReader;
import dev.freshet.testing.Oracle;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares a feature store with the oracle, every group of every entity at its own instant. */
public final class Expectations {

  private final Oracle oracle;
  private final FeatureStoreReader store;
  private int compared;

  public Expectations(Oracle oracle, FeatureStoreReader store) {
    this.oracle = oracle;
    this.store = store;
  }

  /** Compares every group that reads events of some types for every entity they name. */
  public void check(String dimension, String member, String group, String... types) {
    Set<String> entities = oracle.entities(member, types);
    for (String entity : entities) {
      check(dimension, entity, group);
    }
  }

  /** How many features have been compared. */
  public int compared() {
    return compared;
  }

  private void check(String dimension, String entity, String group) {
    Map<String, String> stored = new TreeMap<>(store.readAll(dimension, entity));
    String computedAt = stored.get(group + ":@computed_at");
    if (computedAt == null) {
      assertThat(oracle.features(group, entity, Long.MAX_VALUE / 2))
          .as("%s of %s %s, which is not stored", group, dimension, entity)
          .satisfies(features -> assertThat(features.values()).allMatch(value -> value == 0));
      return;
    }
    Map<String, Double> expected = oracle.features(group, entity, Long.parseLong(computedAt));
    stored.keySet().removeIf(field -> !field.startsWith(group + ":") || field.contains("@"));
    String what = "%s of %s %s at %s".formatted(group, dimension, entity, computedAt);
    assertThat(stored).as(what).hasSameSizeAs(expected);
    expected.forEach(
        (name, value) -> {
          assertThat(Double.parseDouble(stored.get(group + ":" + name)))
              .as("%s, %s", name, what)
              .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value))));
          compared++;
        });
  }
}
