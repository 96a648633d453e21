package dev.freshet.authoring.datadog;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * A feature group and the entry of {@code serverless.yml} that deploys it.
 *
 * @param function the entry's key, such as {@code city-demand}
 */
public record DeployedGroup(String function, FeatureGroup group) {

  /** The groups in the order of the file. */
  public static List<DeployedGroup> of(Path root) throws IOException {
    Node file = YamlNodes.parse(Files.readString(root.resolve("serverless.yml")));
    return YamlNodes.value(file, "functions").stream()
        .flatMap(functions -> YamlNodes.entries(functions).stream())
        .flatMap(DeployedGroup::of)
        .toList();
  }

  private static Stream<DeployedGroup> of(NodeTuple function) {
    String name =
        YamlNodes.value(function.getValueNode(), "handler").map(YamlNodes::text).orElse("");
    try {
      return Class.forName(name).getConstructor().newInstance() instanceof AggregatorHandler handler
          ? Stream.of(new DeployedGroup(YamlNodes.key(function), handler.features()))
          : Stream.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("serverless.yml has no such handler: " + name, e);
    }
  }
}
