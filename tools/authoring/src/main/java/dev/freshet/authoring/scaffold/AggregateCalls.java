package dev.freshet.authoring.scaffold;

import dev.freshet.definition.Aggregate;
import java.util.Collection;
import java.util.List;

/** What is computed over time windows, by the names of features without their windows. */
final class AggregateCalls {

  private static final String SUM = "_sum";
  private static final String MEAN = "_mean";

  private AggregateCalls() {}

  /**
   * For each name a count, or with {@code _sum} or {@code _mean} at its end that of the group's
   * value.
   *
   * @param members what the events of the group carry
   * @throws IllegalArgumentException if a name promises something else than it would be
   */
  static List<Call<Aggregate>> named(List<String> features, Collection<String> members) {
    MeaningOfNames meaning = new MeaningOfNames(members);
    List<String> others = features.stream().filter(each -> !isMeant(each, meaning)).toList();
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          ("no feature of a time window: %s; there are NAME, the count of all events that are read"
                  + " (such as orders), and of the --value NAME_sum and NAME_mean;"
                  + " --last N instead of --windows has %s")
              .formatted(
                  String.join(", ", others), String.join(", ", OfferedTransformations.names())));
    }
    return features.stream().map(AggregateCalls::named).toList();
  }

  private static boolean isMeant(String feature, MeaningOfNames meaning) {
    boolean isOfValue = feature.endsWith(SUM) || feature.endsWith(MEAN);
    return isOfValue
        ? meaning.isOfValue(feature.substring(0, feature.lastIndexOf('_')))
        : meaning.isOfCount(feature);
  }

  private static Call<Aggregate> named(String feature) {
    if (feature.endsWith(SUM)) {
      return call("sum", stem(feature, SUM), Aggregate.sum(stem(feature, SUM)));
    }
    if (feature.endsWith(MEAN)) {
      return call("average", stem(feature, MEAN), Aggregate.average(stem(feature, MEAN)));
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
