package dev.freshet.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.oracle.NewestResults;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The events of some entities, kept in files, so that their features can be checked at the end and
 * the heap of the test does not grow until then.
 */
final class SampledEntities implements AutoCloseable {

  private record Entity(String dimension, String id) {}

  private final Path folder;
  private final Map<Entity, BufferedWriter> files = new HashMap<>();
  private int compared;

  /**
   * @param folder where the files are to stand
   */
  SampledEntities(Path folder) throws IOException {
    this.folder = folder;
    sample("courier", "k", SoakTraffic.COURIERS, 40);
    sample("store", "s", SoakTraffic.STORES, 30);
    sample("customer", "u", SoakTraffic.CUSTOMERS, 30);
    sample("city", "c", SoakTraffic.CITIES, 3);
  }

  /** Evenly; not the very first ones, whose share of all events is too much for the heap. */
  private void sample(String dimension, String prefix, int size, int sampled) throws IOException {
    for (int i = 0; i < sampled; i++) {
      Entity entity = new Entity(dimension, prefix + (2 * i + 1) * (size / sampled) / 2);
      files.put(entity, Files.newBufferedWriter(file(entity)));
    }
  }

  private Path file(Entity entity) {
    return folder.resolve(entity.dimension() + "-" + entity.id() + ".jsonl");
  }

  /** Keeps what concerns the sampled entities; harmed events concern nobody. */
  void keep(List<SoakEvent> events) throws IOException {
    for (SoakEvent event : events) {
      if (!event.harmed()) {
        SoakOrder order = event.order();
        keep(new Entity("courier", "k" + order.courier()), event.json());
        keep(new Entity("store", "s" + order.store()), event.json());
        keep(new Entity("customer", "u" + order.customer()), event.json());
        keep(new Entity("city", "c" + order.city()), event.json());
      }
    }
  }

  private void keep(Entity entity, String json) throws IOException {
    BufferedWriter file = files.get(entity);
    if (file != null) {
      file.write(json);
      file.newLine();
    }
  }

  /**
   * Every feature of every sampled entity is that of its events, and not out of date.
   *
   * @param nowMillis an instant by which time has moved the features
   * @return how many groups of entities were compared
   */
  int check(FeatureStoreReader store, long nowMillis) throws IOException {
    close();
    for (Entity entity : files.keySet()) {
      Oracle oracle = oracle(entity);
      Map<String, String> fields = store.readAll(entity.dimension(), entity.id());
      for (FeatureGroup group : SoakPlatform.groups()) {
        if (group.dimension().name().equals(entity.dimension())) {
          check(group, entity.id(), fields, oracle, nowMillis);
        }
      }
    }
    return compared;
  }

  private Oracle oracle(Entity entity) throws IOException {
    try (Stream<String> lines = Files.lines(file(entity))) {
      return new Oracle(lines.map(OracleEvent::parse).toList());
    }
  }

  private void check(
      FeatureGroup group, String id, Map<String, String> fields, Oracle oracle, long nowMillis) {
    String prefix = group.name() + ":";
    if (!fields.containsKey(prefix + "@computed_at")) {
      assertThat(oracle.features(group.name(), id, nowMillis).values())
          .as("%s of %s, which is not stored", group, id)
          .allMatch(value -> value == 0);
      return;
    }
    Map<String, Double> found = new HashMap<>();
    fields.forEach(
        (field, value) -> {
          if (field.startsWith(prefix) && !field.startsWith(prefix + "@")) {
            found.put(field.substring(prefix.length()), Double.valueOf(value));
          }
        });
    long computedAt = Long.parseLong(fields.get(prefix + "@computed_at"));
    NewestResults.check(group, id, found, oracle, computedAt);
    compared++;
    String validUntil = fields.get(prefix + "@valid_until");
    if (group.movesWithTime() && validUntil != null) {
      assertThat(Long.parseLong(validUntil))
          .as("@valid_until of %s of %s", group, id)
          .isGreaterThan(nowMillis);
    }
  }

  @Override
  public void close() throws IOException {
    for (BufferedWriter file : files.values()) {
      file.close();
    }
  }
}
