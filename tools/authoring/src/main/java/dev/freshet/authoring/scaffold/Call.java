package dev.freshet.authoring.scaffold;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
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
}
