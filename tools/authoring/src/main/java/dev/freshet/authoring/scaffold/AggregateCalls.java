package dev.freshet.authoring.scaffold;

import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.Aggregates;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The aggregations that {@link Aggregates} offers, by the names of features without their windows:
 * what is offered there can be asked for here.
 *
 * <p>A name may stand in front, such as that of {@code amount_max}; a name alone, such as {@code
 * orders}, counts events. It must then promise nothing else: nobody would see that its values are
 * others.
 */
final class AggregateCalls {

  private static final Pattern NUMBERED = Pattern.compile("(.*?)([1-9][0-9]{0,3}|0)");
  private static final Pattern EWMA = Pattern.compile("ewma_0_([0-9]{1,9})");
  private static final Pattern DECAYED = Pattern.compile("decayed_mean_([0-9]{1,6})([smhd])");
  private static final Pattern PERCENTILE = Pattern.compile("p[0-9]+");
  private static final int EXAMPLE = 50;

  /** Words of what no count is. */
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

  private static final Map<String, Method> FACTORIES = factories();

  private AggregateCalls() {}

  /**
   * Returns the aggregate of each name.
   *
   * @param members what the events of the group carry, such as {@code totalAmount}
   * @throws IllegalArgumentException if a name promises something that there is not
   */
  static List<Call<OfEvents>> named(List<String> features, Collection<String> members) {
    List<String> unknown = features.stream().filter(each -> !isMeant(each, members)).toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          ("there is no feature %s, only %s, each also with a NAME_ in front; NAME alone, such as"
                  + " orders, counts the events that are read; NAME_at is the time of the latest;"
                  + " one of your own is a class, see docs/your-first-feature.md")
              .formatted(String.join(", ", unknown), String.join(", ", names())));
    }
    return features.stream().map(AggregateCalls::named).toList();
  }

  /** Returns the aggregate of a name that {@link #named(List, Collection)} accepts. */
  static Call<OfEvents> named(String feature) {
    Optional<Call<OfEvents>> offered = offered(feature);
    if (offered.isPresent()) {
      return offered.get();
    }
    if (feature.endsWith("_at")) {
      String name = feature.substring(0, feature.length() - "_at".length());
      return of(name.startsWith("first_") ? "firstAt" : "latestAt", name);
    }
    for (int end = feature.indexOf('_'); end > 0; end = feature.indexOf('_', end + 1)) {
      Optional<Call<OfEvents>> ending = offered(feature.substring(end + 1));
      if (ending.isPresent()) {
        return named(feature.substring(0, end), ending.get(), feature);
      }
    }
    return of("count", feature);
  }

  /** Returns the aggregate with a name in front: by its own factory, where there is one. */
  private static Call<OfEvents> named(String name, Call<OfEvents> call, String feature) {
    return call.code().equals("sum()") || call.code().equals("mean()")
        ? of(call.made().stem(), name)
        : call.then(".as(" + Layout.literal(feature) + ")", made -> made.as(feature));
  }

  /** Returns the aggregate whose feature has exactly this name, such as {@code p90}. */
  private static Optional<Call<OfEvents>> offered(String feature) {
    Matcher ewma = EWMA.matcher(feature);
    if (ewma.matches()) {
      return Optional.of(of("ewma", Double.parseDouble("0." + ewma.group(1))));
    }
    Matcher decayed = DECAYED.matcher(feature);
    if (decayed.matches()) {
      return Optional.of(
          decayedMean(feature, Call.timeWindow(feature.substring(13)).made().length()));
    }
    Matcher numbered = NUMBERED.matcher(feature);
    if (numbered.matches() && FACTORIES.containsKey(numbered.group(1) + "K")) {
      String name = FACTORIES.get(numbered.group(1) + "K").getName();
      return Optional.of(of(name, Integer.parseInt(numbered.group(2))));
    }
    return Optional.ofNullable(FACTORIES.get(feature))
        .filter(factory -> factory.getParameterCount() == 0)
        .map(factory -> of(factory.getName()));
  }

  private static Call<OfEvents> decayedMean(String feature, Duration halfLife) {
    return new Call<>(
        "decayedMean(Duration.ofSeconds(%d)).as(%s)"
            .formatted(halfLife.toSeconds(), Layout.literal(feature)),
        Set.of("static " + Aggregates.class.getName() + ".decayedMean", "java.time.Duration"),
        Aggregates.decayedMean(halfLife).as(feature));
  }

  /** The names, with K where a number stands. */
  static Set<String> names() {
    return FACTORIES.keySet();
  }

  private static Map<String, Method> factories() {
    Map<String, Method> byName = new TreeMap<>();
    Call.factories(Aggregates.class)
        .filter(each -> each.getReturnType() == OfEvents.class)
        .forEach(
            factory -> {
              if (factory.getParameterCount() == 0) {
                byName.put(of(factory.getName()).made().stem(), factory);
              } else if (factory.getParameterTypes()[0] == int.class) {
                String example = of(factory.getName(), EXAMPLE).made().stem();
                byName.put(example.replace("" + EXAMPLE, "K"), factory);
              }
            });
    return Collections.unmodifiableMap(byName);
  }

  private static Call<OfEvents> of(String factory, Object... arguments) {
    return Call.of(OfEvents.class, Aggregates.class, factory, arguments);
  }

  private static boolean isMeant(String feature, Collection<String> members) {
    Call<OfEvents> call = named(feature);
    if (!call.code().startsWith("count(\"")) {
      String front =
          feature.length() > call.made().aggregation().name().length()
              ? feature.substring(0, feature.length() - call.made().aggregation().name().length())
              : "";
      return offered(feature).isPresent()
          || feature.endsWith("_at")
          || isOfMember(front.replaceAll("_$", ""), members)
          || hasNone(front, STATISTICS::contains);
    }
    return hasNone(feature, word -> STATISTICS.contains(word) || QUANTITIES.contains(word))
        && !isOfMember(feature, members);
  }

  /** Whether a name is a member's, or the end of one: {@code amount} for {@code totalAmount}. */
  private static boolean isOfMember(String name, Collection<String> members) {
    return members.stream()
        .map(each -> each.replaceAll("(?<=[a-z0-9])(?=[A-Z])|\\.", "_").toLowerCase(Locale.ROOT))
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
