package dev.freshet.operations.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.definition.FeatureGroup;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads what a stage declares, with all its variables filled in by the deployment tool.
 *
 * @param root the project's root
 * @param service the folder of {@code serverless.yml}: the root, or a packaged catalogue
 */
public record StageReader(Path root, Path service) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a stage.
   *
   * @param groups the feature groups of the catalogue
   * @param without names of groups to leave out
   * @throws IllegalArgumentException if there is no such stage or group
   */
  public DeclaredStage read(String stage, List<FeatureGroup> groups, Set<String> without)
      throws IOException, InterruptedException {
    JsonNode printed = print(stage);
    Set<String> stages = new TreeSet<>();
    printed.path("params").fieldNames().forEachRemaining(stages::add);
    stages.remove("default");
    if (!stages.contains(stage)) {
      throw new IllegalArgumentException(
          "serverless.yml has no stage %s, only %s".formatted(stage, String.join(", ", stages)));
    }
    Path stack = root.resolve("infrastructure").resolve("elasticache.yml");
    return DeclaredStage.of(stage, printed, defaults(stack), groups, without);
  }

  private JsonNode print(String stage) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            "node", "node_modules/osls/bin/serverless.js", "print", "--format", "json");
    command.command().addAll(List.of("--stage", stage));
    if (!service.equals(root)) {
      Path catalogue = service.toAbsolutePath().getParent().getParent();
      command.command().addAll(List.of("--param", "catalogue=" + catalogue));
    }
    Path errors = Files.createTempFile("freshet-cost", ".txt");
    try {
      Process node = command.directory(service.toFile()).redirectError(errors.toFile()).start();
      byte[] output = node.getInputStream().readAllBytes();
      if (node.waitFor() != 0) {
        throw new IOException(
            "serverless.yml cannot be read: " + firstLine(output, Files.readString(errors)));
      }
      return JSON.readTree(output);
    } finally {
      Files.delete(errors);
    }
  }

  private static String firstLine(byte[] output, String errors) {
    return (errors + new String(output, UTF_8))
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.equals("Error:"))
        .findFirst()
        .orElse("node failed");
  }

  /** Returns the parameters of a CloudFormation template that have a default. */
  private static Map<String, String> defaults(Path template) throws IOException {
    Map<String, String> defaults = new HashMap<>();
    try (Reader file = Files.newBufferedReader(template)) {
      Node parameters = value(new Yaml().compose(file), "Parameters");
      for (NodeTuple parameter : ((MappingNode) parameters).getValue()) {
        if (value(parameter.getValueNode(), "Default") instanceof ScalarNode text) {
          defaults.put(((ScalarNode) parameter.getKeyNode()).getValue(), text.getValue());
        }
      }
    }
    return defaults;
  }

  private static Node value(Node mapping, String key) {
    return ((MappingNode) mapping)
        .getValue().stream()
            .filter(entry -> ((ScalarNode) entry.getKeyNode()).getValue().equals(key))
            .map(NodeTuple::getValueNode)
            .findFirst()
            .orElse(null);
  }
}
