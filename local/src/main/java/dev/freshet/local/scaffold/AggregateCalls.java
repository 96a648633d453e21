package dev.freshet.local.scaffold;

import dev.freshet.definition.Aggregate;
import java.util.Set;

/** What is computed over time windows, by the names of features without their windows. */
final class AggregateCalls {

  private static final String SUM = "_sum";
  private static final String MEAN = "_mean";
  private static final Set<String> ALSO_COUNTS = Set.of("count");

  private AggregateCalls() {}

  /**
   * A count, or with {@code _sum} or {@code _mean} at its end that of the group's value.
   *
   * @throws IllegalArgumentException if the name is that of a feature of last events
   */
  static Call<Aggregate> named(String feature) {
    if (feature.endsWith(SUM)) {
      return call("sum", stem(feature, SUM), Aggregate.sum(stem(feature, SUM)));
    }
    if (feature.endsWith(MEAN)) {
      return call("average", stem(feature, MEAN), Aggregate.average(stem(feature, MEAN)));
    }
    if (OfferedTransformations.isKnown(feature) && !ALSO_COUNTS.contains(feature)) {
      throw new IllegalArgumentException(
          "%s is a feature of --last; a time window has NAME (a count), NAME_sum and NAME_mean"
              .formatted(feature));
    }
    return call("events", feature, Aggregate.events(feature));
  }

  private static String stem(String feature, String ending) {
    return feature.substring(0, feature.length() - ending.length());
  }

  private static Call<Aggregate> call(String method, String stem, Aggregate made) {
    return Call.of(Aggregate.class, method, '"' + stem + '"', made);
  }
}
