package dev.freshet.authoring.scaffold;

import dev.freshet.transformation.Transformation;
import dev.freshet.transformation.Transformations;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The transformations that {@link Transformations} offers, by the names of their features: what is
 * offered there can be asked for here.
 */
final class OfferedTransformations {

  private static final int EXAMPLE = 50;

  private OfferedTransformations() {}

  /**
   * The transformation whose feature has a name, such as {@code p90}.
   *
   * @throws IllegalArgumentException if none has
   */
  static Call<Transformation> named(String feature) {
    return factories()
        .flatMap(factory -> call(factory, feature).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no feature %s of the last events, only %s; one of your own is a class,"
                            .formatted(feature, String.join(", ", names()))
                        + " see docs/your-first-feature.md"));
  }

  /** The names, with K where a number stands. */
  static List<String> names() {
    return factories()
        .map(factory -> isOfNumber(factory) ? stem(factory) + "K" : invoke(factory).name())
        .toList();
  }

  private static Stream<Method> factories() {
    return Arrays.stream(Transformations.class.getDeclaredMethods())
        .filter(each -> Modifier.isPublic(each.getModifiers()))
        .sorted(Comparator.comparing(Method::getName));
  }

  private static Optional<Call<Transformation>> call(Method factory, String feature) {
    if (!isOfNumber(factory)) {
      Transformation made = invoke(factory);
      return Optional.of(call(factory, "", made)).filter(call -> made.name().equals(feature));
    }
    String digits =
        feature.startsWith(stem(factory)) ? feature.substring(stem(factory).length()) : "";
    if (!digits.matches("[1-9][0-9]{0,3}|0")) {
      return Optional.empty();
    }
    return Optional.of(call(factory, digits, invoke(factory, Integer.parseInt(digits))));
  }

  private static Call<Transformation> call(Method factory, String arguments, Transformation made) {
    return Call.of(Transformations.class, factory.getName(), arguments, made);
  }

  private static boolean isOfNumber(Method factory) {
    return factory.getParameterCount() == 1;
  }

  /** What stands before the number in a feature's name, such as {@code rolling_mean_}. */
  private static String stem(Method factory) {
    String name = invoke(factory, EXAMPLE).name();
    return name.substring(0, name.length() - Integer.toString(EXAMPLE).length());
  }

  private static Transformation invoke(Method factory, Object... arguments) {
    try {
      return (Transformation) factory.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause().getMessage(), e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(factory.toString(), e);
    }
  }
}
