package dev.freshet.definition;

import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The feature groups of a service. All functions and tools read them from here. The jar of the
 * service names its implementation in {@code META-INF/services}.
 */
public interface Catalogue {

  /** The service's name for messages, such as {@code tables}. */
  String name();

  /** The groups, with unique names, in the order of table columns. */
  List<FeatureGroup> groups();

  /** The feature services, with unique names: what each model reads of the groups. */
  default List<FeatureService> services() {
    return List.of();
  }

  /** Returns the groups whose features change as time passes, without an event. */
  default List<FeatureGroup> groupsMovedByTime() {
    return groups().stream().filter(FeatureGroup::movesWithTime).toList();
  }

  /** Returns the event types that the groups read, without duplicates. */
  default List<EventType> eventTypes() {
    return groups().stream().flatMap(group -> group.eventTypes().stream()).distinct().toList();
  }

  /**
   * Returns the group with a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  default FeatureGroup group(String name) {
    return groups().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the catalogue %s has no feature group %s: add it to %s"
                        .formatted(name(), name, getClass().getName())));
  }

  /**
   * Returns the feature service with a name.
   *
   * @throws IllegalArgumentException if there is none, or {@link #requireServices} finds a mistake
   */
  default FeatureService service(String name) {
    requireServices();
    return services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the catalogue %s has no feature service %s, only %s; './freshet catalog' lists"
                            .formatted(
                                name(),
                                name,
                                services().stream().map(FeatureService::name).toList())
                        + " what each reads"));
  }

  /**
   * Checks the feature services, which functions do not need.
   *
   * @throws IllegalArgumentException if two have one name, or one reads a group that the catalogue
   *     does not list
   */
  default void requireServices() {
    Set<String> names = new HashSet<>();
    for (FeatureService service : services()) {
      if (!names.add(service.name())) {
        throw new IllegalArgumentException(
            "the catalogue %s has two feature services %s: rename one"
                .formatted(name(), service.name()));
      }
      service.featureGroups().forEach(this::group);
    }
  }

  /**
   * Loads the catalogue on the class path.
   *
   * @throws IllegalStateException if the class path has no catalogue, or more than one
   */
  static Catalogue load() {
    return load(Catalogue.class.getClassLoader());
  }

  /** Loads the catalogue that a class loader finds; see {@link #load()}. */
  static Catalogue load(ClassLoader loader) {
    List<Catalogue> found =
        ServiceLoader.load(Catalogue.class, loader).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          ("one catalogue of feature groups is needed on the class path, found %d%s; a jar names"
                  + " its catalogue in META-INF/services/%s")
              .formatted(
                  found.size(),
                  found.isEmpty()
                      ? ""
                      : " " + found.stream().map(Catalogue::name).sorted().toList(),
                  Catalogue.class.getName()));
    }
    return found.get(0);
  }
}
