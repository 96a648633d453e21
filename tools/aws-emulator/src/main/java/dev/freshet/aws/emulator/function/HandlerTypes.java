package dev.freshet.aws.emulator.function;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The input and output types of a handler: the type arguments of its {@link RequestHandler}, found
 * in its superclasses and interfaces.
 */
record HandlerTypes(Type input, Type output) {

  /**
   * Returns the types of a handler class.
   *
   * @throws IllegalArgumentException if it leaves one of them open or is no {@link RequestHandler}
   */
  static HandlerTypes of(Class<?> handler) {
    return find(handler, Map.of())
        .filter(types -> isConcrete(types.input) && isConcrete(types.output))
        .orElseThrow(() -> new IllegalArgumentException(message(handler)));
  }

  private static Optional<HandlerTypes> find(Type type, Map<TypeVariable<?>, Type> outer) {
    Class<?> raw = rawClass(type);
    Map<TypeVariable<?>, Type> bound = bind(type, raw, outer);
    if (raw == RequestHandler.class) {
      TypeVariable<?>[] variables = raw.getTypeParameters();
      return Optional.of(
          new HandlerTypes(
              bound.getOrDefault(variables[0], variables[0]),
              bound.getOrDefault(variables[1], variables[1])));
    }
    return supertypes(raw).stream().flatMap(s -> find(s, bound).stream()).findFirst();
  }

  private static Map<TypeVariable<?>, Type> bind(
      Type type, Class<?> raw, Map<TypeVariable<?>, Type> outer) {
    Map<TypeVariable<?>, Type> bound = new HashMap<>();
    if (type instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments();
      for (int i = 0; i < arguments.length; i++) {
        bound.put(raw.getTypeParameters()[i], substitute(arguments[i], outer));
      }
    }
    return bound;
  }

  private static Type substitute(Type argument, Map<TypeVariable<?>, Type> outer) {
    return argument instanceof TypeVariable<?> variable
        ? outer.getOrDefault(variable, variable)
        : argument;
  }

  private static List<Type> supertypes(Class<?> type) {
    List<Type> all = new ArrayList<>(List.of(type.getGenericInterfaces()));
    if (type.getGenericSuperclass() != null) {
      all.add(type.getGenericSuperclass());
    }
    return all;
  }

  private static Class<?> rawClass(Type type) {
    return (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
  }

  private static boolean isConcrete(Type type) {
    return !(type instanceof TypeVariable<?>);
  }

  private static String message(Class<?> handler) {
    return handler.getName() + " does not implement RequestHandler with concrete type parameters";
  }
}
