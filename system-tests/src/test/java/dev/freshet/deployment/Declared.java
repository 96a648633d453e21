package dev.freshet.deployment;

import dev.freshet.authoring.datadog.DeployedGroup;
import dev.freshet.definition.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the template has to hold for the declarations of the feature groups. */
final class Declared {

  /** The functions of the feature groups. */
  static final List<DeployedGroup> GROUPS = groups();

  /** With the subscriber. */
  static final int READERS = GROUPS.size() + 1;

  /** With the recalculation and its watchdog. */
  static final int FUNCTIONS = READERS + 2;

  /** Each reads the streams of its event types; the subscriber reads the results. */
  static final int MAPPINGS =
      GROUPS.stream().mapToInt(each -> each.group().eventTypes().size()).sum() + 1;

  private Declared() {}

  /** The streams that a group reads. */
  static Stream<String> streams(DeployedGroup deployed) {
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

  private static List<DeployedGroup> groups() {
    try {
      return DeployedGroup.of(Path.of("..").toAbsolutePath().normalize());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
