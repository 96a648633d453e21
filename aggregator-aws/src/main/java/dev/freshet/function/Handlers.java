package dev.freshet.function;

import dev.freshet.definition.Catalogue;
import dev.freshet.runtime.Clients;
import dev.freshet.stepfunctions.HandlerRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the handlers of other functions by class name, to read their declarations. */
final class Handlers {

  private static final Map<String, AggregatorHandler> KNOWN = new ConcurrentHashMap<>();

  private Handlers() {}

  /**
   * Returns the handler of a feature group.
   *
   * @throws IllegalArgumentException if no such handler is part of this artifact, or its group is
   *     not in the catalogue
   */
  static AggregatorHandler named(String className) {
    return find(className)
        .orElseThrow(
            () -> new IllegalArgumentException("no handler of a feature group: " + className));
  }

  /** Returns the handler of a feature group; empty if no such handler is part of this artifact. */
  static Optional<AggregatorHandler> find(String className) {
    try {
      return Optional.of(KNOWN.computeIfAbsent(className, Handlers::create));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the registered handlers that are part of this artifact. */
  static List<AggregatorHandler> registered(Clients clients) {
    return new HandlerRegistry(clients.stateStore())
        .all().stream().map(Handlers::find).flatMap(Optional::stream).toList();
  }

  private static AggregatorHandler create(String className) {
    try {
      AggregatorHandler handler =
          Class.forName(className)
              .asSubclass(AggregatorHandler.class)
              .getConstructor()
              .newInstance();
      Catalogue.load().group(handler.features().name());
      return handler;
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(className, e);
    }
  }
}
