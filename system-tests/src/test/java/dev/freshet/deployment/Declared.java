package dev.freshet.deployment;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contents that the template must have for the declarations of the feature groups. */
final class Declared {

  /**
   * A function and the feature group of its handler.
   *
   * @param function its name in {@code serverless.yml}, such as {@code city-demand}
   */
  record Deployed(String function, FeatureGroup group) {}

  /** The functions of the feature groups. */
  static final List<Deployed> GROUPS = groups();

  /** With the subscriber. */
  static final int READERS = GROUPS.size() + 1;

  /** With the recalculation and its watchdog. */
  static final int FUNCTIONS = READERS + 2;

  /** Each reads the streams of its event types; the subscriber reads the results. */
  static final int MAPPINGS =
      GROUPS.stream().mapToInt(each -> each.group().eventTypes().size()).sum() + 1;

  /** The functions that keep history: those of groups that have it, and then the recalculation. */
  static final Set<String> HISTORY = history();

  private Declared() {}

  /** The streams that a group reads. */
  static Stream<String> streams(Deployed deployed) {
    return deployed.group().eventTypes().stream().map(EventType::stream);
  }

  /** Every stream of business events. */
  static List<String> streams() {
    return GROUPS.stream().flatMap(Declared::streams).distinct().toList();
  }

  /** The logical id of a stream, such as {@code OrderCreated}. */
  static String logicalId(String stream) {
    return Arrays.stream(stream.split("-", -1))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** The feature group of a handler; nothing for a function of another kind. */
  private static Optional<FeatureGroup> group(String handler) {
    try {
      return Class.forName(handler).getConstructor().newInstance() instanceof AggregatorHandler made
          ? Optional.of(made.features())
          : Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("serverless.yml has no such handler: " + handler, e);
    }
  }

  private static Set<String> history() {
    Set<String> functions =
        GROUPS.stream()
            .filter(each -> each.group().hasHistory())
            .map(Deployed::function)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!functions.isEmpty()) {
      functions.add("recalculation");
    }
    return functions;
  }

  private static List<Deployed> groups() {
    return PackagedResources.read(PackagedProject.of("prod")).functions().entrySet().stream()
        .flatMap(
            function ->
                group(function.getValue().path("Handler").asText())
                    .map(group -> new Deployed(function.getKey(), group))
                    .stream())
        .toList();
  }
}
