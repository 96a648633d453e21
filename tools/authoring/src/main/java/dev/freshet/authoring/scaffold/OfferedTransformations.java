package dev.freshet.authoring.scaffold;

import dev.freshet.transformation.Transformation;
import dev.freshet.transformation.Transformations;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The transformations that {@link Transformations} offers, by the names of their features: what is
 * offered there can be asked for here.
 */
final class OfferedTransformations {

  private static final Pattern NUMBERED = Pattern.compile("(.*?)([1-9][0-9]{0,3}|0)");
  private static final int EXAMPLE = 50;

  private static final Map<String, Method> FACTORIES = factories();

  private OfferedTransformations() {}

  /**
   * The transformation whose feature has a name, such as {@code p90}.
   *
   * @throws IllegalArgumentException if none has
   */
  static Call<Transformation> named(String feature) {
    Matcher numbered = NUMBERED.matcher(feature);
    if (numbered.matches() && FACTORIES.containsKey(numbered.group(1) + "K")) {
      return call(FACTORIES.get(numbered.group(1) + "K"), Integer.parseInt(numbered.group(2)));
    }
    Method factory = FACTORIES.get(feature);
    if (factory == null || isOfNumber(factory)) {
      throw new IllegalArgumentException(
          "there is no feature %s of the last events, only %s; one of your own is a class, see docs/your-first-feature.md"
              .formatted(feature, String.join(", ", names())));
    }
    return call(factory);
  }

  /** The names, with K where a number stands. */
  static Set<String> names() {
    return FACTORIES.keySet();
  }

  private static Map<String, Method> factories() {
    Map<String, Method> byName = new TreeMap<>();
    Call.factories(Transformations.class)
        .forEach(
            factory ->
                byName.put(
                    isOfNumber(factory)
                        ? call(factory, EXAMPLE).made().name().replace("" + EXAMPLE, "K")
                        : call(factory).made().name(),
                    factory));
    return Collections.unmodifiableMap(byName);
  }

  private static Call<Transformation> call(Method factory, Object... arguments) {
    return Call.of(Transformation.class, Transformations.class, factory.getName(), arguments);
  }

  private static boolean isOfNumber(Method factory) {
    return factory.getParameterCount() == 1;
  }
}
