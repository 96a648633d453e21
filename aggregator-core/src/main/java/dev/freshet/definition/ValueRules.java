package dev.freshet.definition;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Checks that the names of sums and averages match the value that they are computed from. */
final class ValueRules {

  private ValueRules() {}

  /**
   * Rejects misleading names. A sum or average always uses the group's value, so its name must
   * consist of words of the value's member, or at least not be the name of another member of the
   * events.
   *
   * @throws IllegalArgumentException if a name promises another value
   */
  static void requireNamesOf(Value value, List<Aggregate> aggregates, List<EventType> types) {
    Predicate<String> fits =
        value instanceof Value.Amount amount
            ? name -> words(amount.member()).containsAll(words(name))
            : name -> types.stream().noneMatch(type -> carriesAsAnother(type, name, value));
    aggregates.stream()
        .filter(ValueRules::readsTheValue)
        .filter(aggregate -> !fits.test(name(aggregate)))
        .findFirst()
        .ifPresent(
            aggregate -> {
              throw new IllegalArgumentException(
                  "%s of '%s' would use the group's value, %s: name it after that, or declare a"
                          .formatted(kind(aggregate), Names.cut(name(aggregate)), value)
                      + " group whose value is '"
                      + Names.cut(name(aggregate))
                      + "'");
            });
  }

  /** Returns whether an aggregate uses the value. */
  static boolean readsTheValue(Aggregate aggregate) {
    return aggregate instanceof Aggregate.Sum || aggregate instanceof Aggregate.Average;
  }

  private static boolean carriesAsAnother(EventType type, String name, Value value) {
    return type.members().stream()
        .filter(member -> !value.members().contains(member))
        .anyMatch(member -> words(member).equals(words(name)));
  }

  private static String name(Aggregate aggregate) {
    return aggregate instanceof Aggregate.Sum sum
        ? sum.name()
        : ((Aggregate.Average) aggregate).name();
  }

  private static String kind(Aggregate aggregate) {
    return aggregate instanceof Aggregate.Sum ? "sum()" : "average()";
  }

  /** Splits {@code totalAmount} into total and amount. */
  private static Set<String> words(String name) {
    String snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    return Set.copyOf(List.of(snake.split("[^a-z0-9]+")));
  }
}
