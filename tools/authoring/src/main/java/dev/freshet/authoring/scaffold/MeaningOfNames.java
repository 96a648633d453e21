package dev.freshet.authoring.scaffold;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the name of a feature promises. A name can be chosen freely, but one such as {@code
 * amount_max} must not be that of a count: nobody would see that its values are others.
 */
final class MeaningOfNames {

  private static final String COUNT = "count";

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

  private static final Pattern PERCENTILE = Pattern.compile("p[0-9]+");

  private final Collection<String> members;

  /**
   * @param members of the events, such as {@code totalAmount}
   */
  MeaningOfNames(Collection<String> members) {
    this.members = members;
  }

  /** Whether a name can be that of a count of events. */
  boolean isOfCount(String name) {
    boolean isOfEvents =
        hasNone(name, word -> STATISTICS.contains(word) || QUANTITIES.contains(word));
    return name.equals(COUNT) || (isOfEvents && !isOfMember(name));
  }

  /** Whether a name can be that of a value, of which there is a sum or a mean. */
  boolean isOfValue(String name) {
    return isOfMember(name) || hasNone(name, STATISTICS::contains);
  }

  /** Whether a name is a member's, or the end of one: {@code amount} for {@code totalAmount}. */
  private boolean isOfMember(String name) {
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
                    || WindowCalls.LENGTH.matcher(word).matches());
  }
}
