package dev.freshet.deployment;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.function.AggregatorHandler;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contents that the template must have for the declarations of the feature groups. */
final class Declared {

  /**
   * A function and the feature groups of its handler.
   *
   * @param function its name in {@code serverless.yml}, such as {@code city-demand}
   */
  record Deployed(String function, FunctionGroups groups) {}

  /** The functions of the feature groups. */
  static final List<Deployed> AGGREGATORS = aggregators();

  /** With the subscriber. */
  static final int READERS = AGGREGATORS.size() + 1;

  /** With the recalculation and its watchdog. */
  static final int FUNCTIONS = READERS + 2;

  /** Each reads the streams of its event types; the subscriber reads the results. */
  static final int MAPPINGS =
      AGGREGATORS.stream().mapToInt(each -> (int) streams(each).count()).sum() + 1;

  /** The functions that keep history: those of groups that have it, and then the recalculation. */
  static final Set<String> HISTORY = history();

  private Declared() {}

  /** The streams that the groups of a function read. */
  static Stream<String> streams(Deployed deployed) {
    return deployed.groups().eventTypes().stream().map(EventType::stream).distinct();
  }

  /** The feature groups of all functions. */
  static Stream<FeatureGroup> groups() {
    return AGGREGATORS.stream().flatMap(each -> each.groups().all().stream());
  }

  /** The functions of which a group is of some kind. */
  static Set<String> functionsOf(Predicate<FeatureGroup> kind) {
    return AGGREGATORS.stream()
        .filter(each -> each.groups().all().stream().anyMatch(kind))
        .map(Deployed::function)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every stream of business events. */
  static List<String> streams() {
    return AGGREGATORS.stream().flatMap(Declared::streams).distinct().toList();
  }

  /** The logical id of a stream, such as {@code OrderCreated}. */
  static String logicalId(String stream) {
    return Arrays.stream(stream.split("-", -1))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** The feature groups of a handler; nothing for a function of another kind. */
  private static Optional<FunctionGroups> groups(String handler) {
    try {
      return Class.forName(handler).getConstructor().newInstance() instanceof AggregatorHandler made
          ? Optional.of(new FunctionGroups(made.groups()))
          : Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("serverless.yml has no such handler: " + handler, e);
    }
  }

  private static Set<String> history() {
    Set<String> functions = functionsOf(FeatureGroup::hasHistory);
    if (!functions.isEmpty()) {
      functions.add("recalculation");
    }
    return functions;
  }

  private static List<Deployed> aggregators() {
    return PackagedResources.read(PackagedProject.of("prod")).functions().entrySet().stream()
        .flatMap(
            function ->
                groups(function.getValue().path("Handler").asText())
                    .map(groups -> new Deployed(function.getKey(), groups))
                    .stream())
        .toList();
  }
}
