package dev.freshet.definition;

import dev.freshet.aggregation.Aggregation.Takes;
import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.FeatureGroupBuilder.Declared;
import dev.freshet.input.Input;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Checks that named features of the group's value are named after it. */
final class ValueRules {

  private ValueRules() {}

  /**
   * Rejects misleading names. Without {@code of(input)} a sum or mean uses the group's value, so
   * its name must consist of words of the value's member, or at least not be the name of another
   * member of the events.
   *
   * @throws IllegalArgumentException if a name promises another value
   */
  static void requireNamesOf(FeatureGroupBuilder group) {
    Input value = group.value;
    if (value == null) {
      return;
    }
    List<String> paths = value.paths();
    Predicate<String> fits =
        paths.size() == 1
            ? name -> words(paths.get(0)).containsAll(words(name))
            : name -> group.read.stream().noneMatch(type -> carriesAsAnother(type, name, paths));
    for (Declared each : group.declared) {
      OfEvents feature = each.events();
      group.require(
          feature == null
              || feature.named().isEmpty()
              || feature.input() != null
              || feature.aggregation().takes() == Takes.EVENTS
              || fits.test(feature.named()),
          "%s of '%s' would use the group's value, %s: name it after that, or call of(...)"
              .formatted(
                  feature == null ? "" : feature.aggregation().name() + "()",
                  feature == null ? "" : Names.cut(feature.named()),
                  value));
    }
  }

  private static boolean carriesAsAnother(EventType type, String name, List<String> paths) {
    return type.members().stream()
        .filter(member -> !paths.contains(member))
        .anyMatch(member -> words(member).equals(words(name)));
  }

  /** Splits {@code totalAmount} into total and amount. */
  private static Set<String> words(String name) {
    String snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    return Set.copyOf(List.of(snake.split("[^a-z0-9]+")));
  }
}
