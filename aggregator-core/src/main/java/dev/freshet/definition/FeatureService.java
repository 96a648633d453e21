package dev.freshet.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The features that one model reads: a named, ordered list of features of one or several entities.
 *
 * <pre>{@code
 * FeatureService.named("seating")
 *     .reads(TableVisitsHandler.FEATURES, "unserved", "visits_30m").orElse(0)
 *     .reads(WaiterTimeHandler.FEATURES, "mean", "p90")
 *     .noOlderThan(Duration.ofMinutes(5))
 *     .build();
 * }</pre>
 *
 * @param name lower snake case, unique in the catalogue
 * @param description its purpose, in a sentence or two; empty if not declared
 * @param features the features in the order in which the model reads them
 * @param greatestAge how long a value may be out of date; empty if it does not matter. A value is
 *     out of date from the instant at which time alone changes it ({@code @valid_until}) until it
 *     is computed anew; one that only events change, such as that of the last events, never is.
 */
public record FeatureService(
    String name, String description, List<ServedFeature> features, Optional<Duration> greatestAge) {

  public FeatureService {
    features = List.copyOf(features);
  }

  /** Starts a declaration; the name is lower snake case. */
  public static FeatureServiceBuilder named(String name) {
    return new FeatureServiceBuilder(Names.requireSnakeCase("feature service", name));
  }

  /** Returns the names of the entities that a row of it needs, in the order of its features. */
  public List<String> dimensions() {
    return features.stream().map(ServedFeature::dimension).distinct().toList();
  }

  /** Returns the names of the groups that it reads, in the order of its features. */
  public List<String> featureGroups() {
    return features.stream().map(ServedFeature::featureGroup).distinct().toList();
  }
}
