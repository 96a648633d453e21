package dev.freshet.authoring.scaffold;

import dev.freshet.definition.Aggregate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The aggregations over time windows, by the names of features without their windows. A name can be
 * chosen freely, but one such as {@code amount_max} must not be that of a count: nobody would see
 * that its values are others.
 */
final class AggregateCalls {

  private static final Pattern OF_VALUE = Pattern.compile("(.*)_(sum|mean)");
  private static final Pattern PERCENTILE = Pattern.compile("p[0-9]+");

  /** Words of what no count, sum or mean is. */
  private static final Set<String> STATISTICS =
      Set.of(
          ("average avg cardinality change decayed delta derivative diff difference distinct"
                  + " dominant earliest ema entropy ewma first fraction frequency growth"
                  + " highest kurtosis largest last latest lowest max maximum mean median min"
                  + " minimum mode newest nunique oldest pct per percent percentage percentile"
                  + " proportion quantile quotient range rank rate ratio rolling share skew"
                  + " skewness slope smallest spectral spread std stddev stdev streak sum top"
                  + " trend uniq unique uniques var variance velocity zscore")
              .split(" "));

  /** Words of quantities: a value may be of one, a count is of none. */
  private static final Set<String> QUANTITIES =
      Set.of("age", "amount", "days", "duration", "hours", "minutes", "seconds", "time", "total");

  private AggregateCalls() {}

  /**
   * For each name a count, or with {@code _sum} or {@code _mean} at its end that of the group's
   * value.
   *
   * @param members what the events of the group carry, such as {@code totalAmount}
   * @throws IllegalArgumentException if a name promises something else than it would be
   */
  static List<Call<Aggregate>> named(List<String> features, Collection<String> members) {
    List<String> others = features.stream().filter(each -> !isMeant(each, members)).toList();
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

  private static Call<Aggregate> named(String feature) {
    Matcher ofValue = OF_VALUE.matcher(feature);
    if (!ofValue.matches()) {
      return Call.of(Aggregate.class, Aggregate.class, "events", feature);
    }
    String factory = ofValue.group(2).equals("sum") ? "sum" : "average";
    return Call.of(Aggregate.class, Aggregate.class, factory, ofValue.group(1));
  }

  private static boolean isMeant(String feature, Collection<String> members) {
    Matcher ofValue = OF_VALUE.matcher(feature);
    if (ofValue.matches()) {
      String stem = ofValue.group(1);
      return isOfMember(stem, members) || hasNone(stem, STATISTICS::contains);
    }
    boolean isOfEvents =
        hasNone(feature, word -> STATISTICS.contains(word) || QUANTITIES.contains(word));
    return feature.equals("count") || (isOfEvents && !isOfMember(feature, members));
  }

  /** Whether a name is a member's, or the end of one: {@code amount} for {@code totalAmount}. */
  private static boolean isOfMember(String name, Collection<String> members) {
    return members.stream()
        .map(each -> each.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT))
        .anyMatch(each -> each.equals(name) || each.endsWith("_" + name));
  }

  private static boolean hasNone(String name, Predicate<String> kind) {
    return Arrays.stream(name.split("_", -1))
        .noneMatch(
            word ->
                kind.test(word)
                    || PERCENTILE.matcher(word).matches()
                    || Call.LENGTH.matcher(word).matches());
  }
}
