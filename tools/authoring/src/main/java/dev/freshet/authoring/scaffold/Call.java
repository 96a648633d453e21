package dev.freshet.authoring.scaffold;

import dev.freshet.definition.LastEvents;
import dev.freshet.definition.TimeWindow;
import dev.freshet.definition.Value;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call of a factory in a declaration.
 *
 * @param code such as {@code percentile(90)}
 * @param imported the static import it needs
 * @param made what the call makes
 */
record Call<T>(String code, String imported, T made) {

  static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})([smhd])");

  private static final Map<String, String> UNITS =
      Map.of("s", "seconds", "m", "minutes", "h", "hours", "d", "days");

  /**
   * Calls a factory, the only one of its name.
   *
   * @param arguments texts and numbers
   * @throws IllegalArgumentException if the factory rejects them
   */
  static <T> Call<T> of(Class<T> type, Class<?> factories, String name, Object... arguments) {
    Method factory =
        factories(factories).filter(each -> each.getName().equals(name)).findFirst().orElseThrow();
    String code =
        Arrays.stream(arguments)
            .map(each -> each instanceof String text ? Layout.literal(text) : each.toString())
            .collect(Collectors.joining(", ", name + "(", ")"));
    try {
      Object made = factory.invoke(null, arguments);
      return new Call<>(code, factories.getName() + "." + name, type.cast(made));
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

  /** The number that is taken of each event: {@code from:to} seconds, or a member's amount. */
  static Call<Value> value(String text) {
    String[] members = text.strip().split(":", -1);
    if (members.length > 2 || members[0].isBlank() || members[members.length - 1].isBlank()) {
      throw new IllegalArgumentException(
          "a value is FROM:TO for the seconds between two times, or the MEMBER of an amount: '"
              + text
              + "'");
    }
    String factory = members.length == 2 ? "seconds" : "amount";
    return of(Value.class, Value.class, factory, (Object[]) members);
  }

  static Call<LastEvents> lastEvents(int size) {
    return of(LastEvents.class, LastEvents.class, "lastEvents", size);
  }

  /** A time window: {@code 90s}, {@code 5m}, {@code 24h}, {@code 7d}. */
  static Call<TimeWindow> timeWindow(String text) {
    Matcher length = LENGTH.matcher(text.strip());
    if (!length.matches()) {
      throw new IllegalArgumentException("a window is 90s, 5m, 24h or 7d, not '" + text + "'");
    }
    return of(
        TimeWindow.class,
        TimeWindow.class,
        UNITS.get(length.group(2)),
        Integer.parseInt(length.group(1)));
  }
}
