package dev.freshet.quality.drift;

import dev.freshet.redis.Redis;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The values of features in a sample of the entities in the feature store. Each key of an entity
 * counts, as each is served: one whose windows are empty too, and one that a feature group has
 * never seen, whose features are absent. An entity that only the table of history knows does not.
 */
public final class Drift {

  /** How many entities of each dimension are usually drawn. */
  public static final int USUAL_SAMPLE = 1_000;

  /** More would take a store's time, and say nothing more. */
  public static final int MOST_SAMPLE = Observations.MOST;

  private final Instant at;
  private final EntitySampler sampler;
  private final DrawnSample drawn;
  private final Map<WatchedFeature, Observations> observed;

  /**
   * Reads a sample.
   *
   * @param sample how many entities of each dimension; those of a rare one may be fewer
   * @throws io.lettuce.core.RedisException if the store does not answer
   */
  public Drift(Redis store, List<WatchedFeature> features, int sample, Random random, Clock clock) {
    if (sample < 1 || sample > MOST_SAMPLE) {
      throw new IllegalArgumentException(
          "a sample must be from 1 to %d entities: %d".formatted(MOST_SAMPLE, sample));
    }
    at = clock.instant();
    sampler = new EntitySampler(store, random);
    drawn =
        sampler.draw(
            features.stream()
                .map(WatchedFeature::dimension)
                .collect(Collectors.toCollection(TreeSet::new)),
            sample);
    observed = new StoredFeatures(store, features, random, at.toEpochMilli()).read(drawn);
  }

  /** Compares the values with baselines, by the names of their features. */
  public DriftReport against(Map<String, Baseline> baselines) {
    List<FeatureDrift> features = new ArrayList<>();
    observed.forEach(
        (feature, values) -> {
          Baseline baseline = baselines.get(feature.name());
          boolean isSame = baseline != null && baseline.kind() == feature.kind();
          features.add(FeatureDrift.of(feature, values, isSame ? baseline : null));
        });
    return new DriftReport(
        at.toString(), sampler.keys(), sampler.draws(), drawn.sizes(), List.copyOf(features));
  }

  /** Returns baselines of these values. */
  public Map<String, Baseline> baselines() {
    return baselines(observed, at, "store");
  }

  /** Returns baselines of values; none of a feature without any. */
  static Map<String, Baseline> baselines(
      Map<WatchedFeature, Observations> observed, Instant madeAt, String from) {
    Map<String, Baseline> baselines = new LinkedHashMap<>();
    observed.forEach(
        (feature, values) -> {
          if (values.size() > 0) {
            baselines.put(feature.name(), Baseline.of(feature, values, madeAt, from));
          }
        });
    return baselines;
  }
}
