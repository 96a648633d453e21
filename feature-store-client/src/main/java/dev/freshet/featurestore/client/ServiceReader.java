package dev.freshet.featurestore.client;

import dev.freshet.definition.FeatureService;
import dev.freshet.definition.ServedFeature;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Reads rows of the features that one model reads, as many as it ranks at once, in one round trip
 * to each Redis server. An entity that several rows name is read once.
 *
 * <pre>{@code
 * ServiceReader seating = store.of(catalogue.service("seating"), Clock.systemUTC());
 * double[] features = seating.read(Map.of("table", "45", "waiter", "9")).numbers();
 * }</pre>
 *
 * <p>Safe for use by many threads, virtual ones too.
 */
public final class ServiceReader {

  private final FeatureStoreReader store;
  private final FeatureService service;
  private final Clock clock;
  private final List<EntityPlan> plans = new ArrayList<>();

  /** For each feature the plan of its dimension, its index in that, and that of its group. */
  private final int[][] places;

  ServiceReader(FeatureStoreReader store, FeatureService service, Clock clock) {
    this.store = store;
    this.service = service;
    this.clock = clock;
    this.places = new int[service.features().size()][];
    for (String dimension : service.dimensions()) {
      plan(dimension);
    }
  }

  private void plan(String dimension) {
    List<ServedFeature> features =
        service.features().stream().filter(each -> each.dimension().equals(dimension)).toList();
    boolean[] isText = new boolean[features.size()];
    for (int i = 0; i < isText.length; i++) {
      isText[i] = features.get(i).isText();
    }
    List<String> fields = features.stream().map(ServedFeature::field).toList();
    EntityPlan plan = new EntityPlan(dimension, fields, isText);
    for (int i = 0; i < isText.length; i++) {
      int group = plan.groups().indexOf(features.get(i).featureGroup());
      places[service.features().indexOf(features.get(i))] = new int[] {plans.size(), i, group};
    }
    plans.add(plan);
  }

  public FeatureService service() {
    return service;
  }

  /**
   * Reads one row.
   *
   * @param entities the id of an entity of each dimension, by its name
   * @throws IllegalArgumentException if the entity of a dimension is missing
   * @throws FeatureStoreException if Redis does not answer within two seconds
   */
  public ServedRow read(Map<String, String> entities) {
    return read(List.of(entities)).get(0);
  }

  /**
   * Reads rows; see {@link #read(Map)}.
   *
   * @return the rows in the order asked for
   */
  public List<ServedRow> read(List<Map<String, String>> rows) {
    Pending pending = new Pending(rows);
    store.ask(pending.answers);
    store.forgotten().complete(pending.answers);
    return pending.rows();
  }

  /**
   * Reads rows, and returns before they are there; the first call connects.
   *
   * @param historian asks the history store for what Redis has forgotten, which blocks; unused by a
   *     reader without history
   * @return fails with a {@link FeatureStoreException}; functions that follow must not block unless
   *     they name an executor
   */
  public CompletableFuture<List<ServedRow>> readAsync(
      List<Map<String, String>> rows, Executor historian) {
    Pending pending = new Pending(rows);
    return store
        .send(pending.answers)
        .handle(
            (nothing, failure) -> {
              if (failure != null) {
                throw store.failure(
                    failure instanceof CompletionException ? failure.getCause() : failure);
              }
              return store.forgotten().mustAsk(pending.answers);
            })
        .thenCompose(
            mustAsk ->
                mustAsk
                    ? CompletableFuture.runAsync(
                        () -> store.forgotten().complete(pending.answers), historian)
                    : CompletableFuture.completedFuture(null))
        .thenApply(nothing -> pending.rows());
  }

  /** The entities of one call, each once. */
  private final class Pending {

    private final List<EntityAnswer> answers = new ArrayList<>();
    private final List<EntityAnswer[]> ofRows;

    Pending(List<Map<String, String>> rows) {
      List<Map<String, EntityAnswer>> known = new ArrayList<>();
      plans.forEach(plan -> known.add(new HashMap<>()));
      ofRows = new ArrayList<>(rows.size());
      for (Map<String, String> row : rows) {
        EntityAnswer[] entities = new EntityAnswer[plans.size()];
        for (int i = 0; i < entities.length; i++) {
          EntityPlan plan = plans.get(i);
          entities[i] =
              known.get(i).computeIfAbsent(id(plan.dimension(), row), id -> answer(plan, id));
        }
        ofRows.add(entities);
      }
    }

    private EntityAnswer answer(EntityPlan plan, String id) {
      EntityAnswer answer = new EntityAnswer(plan, id);
      answers.add(answer);
      return answer;
    }

    private String id(String dimension, Map<String, String> row) {
      String id = row.get(dimension);
      if (id == null) {
        throw new IllegalArgumentException(
            "a row of feature service %s needs the id of a %s: it has %s, and needs %s"
                .formatted(service.name(), dimension, row, service.dimensions()));
      }
      return id;
    }

    List<ServedRow> rows() {
      long now = clock.millis();
      return ofRows.stream().map(each -> new ServedRow(service, places, each, now)).toList();
    }
  }
}
