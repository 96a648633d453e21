package dev.freshet.authoring.datadog;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A feature group and the entry of {@code serverless.yml} that deploys it.
 *
 * @param function the entry's key, such as {@code city-demand}
 */
public record DeployedGroup(String function, FeatureGroup group) {

  private static final Pattern FUNCTION =
      Pattern.compile("^  ([\\w-]+):\\R    handler: (\\S+)$", Pattern.MULTILINE);

  /** The groups in the order of the file. */
  public static List<DeployedGroup> of(Path root) throws IOException {
    return FUNCTION
        .matcher(Files.readString(root.resolve("serverless.yml")))
        .results()
        .flatMap(DeployedGroup::of)
        .toList();
  }

  private static Stream<DeployedGroup> of(MatchResult function) {
    try {
      return Class.forName(function.group(2)).getConstructor().newInstance()
              instanceof AggregatorHandler handler
          ? Stream.of(new DeployedGroup(function.group(1), handler.features()))
          : Stream.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "serverless.yml has no such handler: " + function.group(2), e);
    }
  }
}
