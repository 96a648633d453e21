package dev.freshet.aws.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.function.AwsAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The two files of a packaged service: the template and the state of the Serverless Framework. */
final class PackagedService {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NO_ACCOUNT = "000000000000";

  private final JsonNode template;
  private final JsonNode state;
  private final Path root;

  private PackagedService(JsonNode template, JsonNode state, Path root) {
    this.template = template;
    this.state = state;
    this.root = root;
  }

  static PackagedService read(Path folder) {
    return new PackagedService(
        json(folder.resolve("cloudformation-template-update-stack.json")),
        json(folder.resolve("serverless-state.json")),
        folder.toAbsolutePath().normalize().getParent());
  }

  JsonNode resources() {
    return template.path("Resources");
  }

  /** Returns the properties of the resources of one type, by logical id in alphabetical order. */
  Map<String, JsonNode> resources(String type) {
    Map<String, JsonNode> found = new TreeMap<>();
    resources()
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().path("Type").asText().equals(type)) {
                found.put(entry.getKey(), entry.getValue().path("Properties"));
              }
            });
    return found;
  }

  /** Returns the jar of a function. */
  Path artifact(String functionName) {
    return functions()
        .filter(function -> function.path("name").asText().equals(functionName))
        .findFirst()
        .map(function -> function.path("package").path("artifact").asText())
        .filter(artifact -> !artifact.isEmpty())
        .map(root::resolve)
        .orElseThrow(
            () ->
                new TemplateException(
                    "function %s has no package.artifact: name its jar in serverless.yml"
                        .formatted(functionName)));
  }

  /** Returns an account that does not exist, with the region of this service. */
  AwsAccount account() {
    return new AwsAccount(
        state.path("service").path("provider").path("region").asText(), NO_ACCOUNT);
  }

  /** Returns {@code <service>-<stage>}. */
  String stackName() {
    return state.path("service").path("service").asText() + "-" + stage();
  }

  /**
   * Reads the stage from the folder of the deployed code: {@code
   * <prefix>/<service>/<stage>/<time>}.
   */
  private String stage() {
    Path folder = Path.of(state.path("package").path("artifactDirectoryName").asText());
    return Optional.ofNullable(folder.getParent())
        .map(Path::getFileName)
        .map(Path::toString)
        .orElse("local");
  }

  private Stream<JsonNode> functions() {
    return state.path("service").path("functions").valueStream();
  }

  private static JsonNode json(Path file) {
    if (!Files.exists(file)) {
      throw new TemplateException(
          "%s was not found: run npx serverless package --stage local".formatted(file));
    }
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new TemplateException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}
