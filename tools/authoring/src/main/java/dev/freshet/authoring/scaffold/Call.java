package dev.freshet.authoring.scaffold;

import dev.freshet.definition.LastEvents;
import dev.freshet.definition.TimeWindow;
import dev.freshet.definition.Window;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call of a factory in a declaration.
 *
 * @param code such as {@code percentile(90)}
 * @param imports the classes and static methods that it needs
 * @param made what the call makes
 */
record Call<T>(String code, Set<String> imports, T made) {

  static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})([smhd])");

  private static final Map<String, String> UNITS =
      Map.of("s", "seconds", "m", "minutes", "h", "hours", "d", "days");

  /**
   * Calls a factory by its name and the number of its arguments.
   *
   * @param arguments texts and numbers
   * @throws IllegalArgumentException if the factory rejects them
   */
  static <T> Call<T> of(Class<T> type, Class<?> factories, String name, Object... arguments) {
    Method factory =
        factories(factories)
            .filter(each -> each.getName().equals(name))
            .filter(each -> each.getParameterCount() == arguments.length)
            .findFirst()
            .orElseThrow();
    String code =
        Arrays.stream(arguments)
            .map(each -> each instanceof String text ? Layout.literal(text) : each.toString())
            .collect(Collectors.joining(", ", name + "(", ")"));
    String imported = "static " + factories.getName() + "." + name;
    return new Call<>(code, Set.of(imported), type.cast(made(factory, arguments)));
  }

  private static Object made(Method factory, Object... arguments) {
    try {
      return factory.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause().getMessage(), e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(factory.toString(), e);
    }
  }

  static Stream<Method> factories(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(each -> Modifier.isStatic(each.getModifiers()))
        .filter(each -> Modifier.isPublic(each.getModifiers()));
  }

  /** The call with another behind it, such as {@code .as("amount_max")}. */
  Call<T> then(String behind, UnaryOperator<T> change) {
    return new Call<>(code + behind, imports, change.apply(made));
  }

  static Call<LastEvents> lastEvents(int size) {
    return of(LastEvents.class, Window.class, "last", size);
  }

  /** A time window: {@code 90s}, {@code 5m}, {@code 24h}, {@code 7d}. */
  static Call<TimeWindow> timeWindow(String text) {
    Matcher length = LENGTH.matcher(text.strip());
    if (!length.matches()) {
      throw new IllegalArgumentException("a window is 90s, 5m, 24h or 7d, not '" + text + "'");
    }
    return of(
        TimeWindow.class,
        Window.class,
        UNITS.get(length.group(2)),
        Integer.parseInt(length.group(1)));
  }
}
