package dev.freshet.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The CloudFormation resources in the template of a packaged project. */
final class PackagedResources {

  private static final String TEMPLATE = "cloudformation-template-update-stack.json";

  private final JsonNode resources;

  private PackagedResources(JsonNode resources) {
    this.resources = resources;
  }

  static PackagedResources read(Path serverlessFolder) {
    try {
      JsonNode template = new ObjectMapper().readTree(serverlessFolder.resolve(TEMPLATE).toFile());
      return new PackagedResources(template.path("Resources"));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the template in " + serverlessFolder, e);
    }
  }

  /** The properties of the resources of a type, by logical id. */
  Map<String, JsonNode> ofType(String type) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    resources
        .properties()
        .forEach(
            resource -> {
              if (resource.getValue().path("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue().path("Properties"));
              }
            });
    return found;
  }

  /** The resource with its policies, not only its properties. */
  JsonNode resource(String logicalId) {
    return resources.path(logicalId);
  }

  JsonNode properties(String logicalId) {
    return resource(logicalId).path("Properties");
  }

  /** The logical ids under {@code DependsOn}. */
  List<String> dependencies(String logicalId) {
    return resources.path(logicalId).path("DependsOn").valueStream().map(JsonNode::asText).toList();
  }

  /** The properties of the functions, by their names in serverless.yml. */
  Map<String, JsonNode> functions() {
    Map<String, JsonNode> functions = new TreeMap<>();
    ofType("AWS::Lambda::Function")
        .values()
        .forEach(
            function ->
                functions.put(
                    function.path("FunctionName").asText().replaceFirst("freshet-[a-z]+-", ""),
                    function));
    return functions;
  }

  /** Returns the logical id that a reference such as {@code Fn::GetAtt} names. */
  static String referred(JsonNode value) {
    return value.has("Ref") ? value.path("Ref").asText() : value.at("/Fn::GetAtt/0").asText();
  }

  /** Returns the statements of a function's role, in the order of the template. */
  Stream<JsonNode> statements(JsonNode function) {
    return statementsOf(properties(referred(function.path("Role"))));
  }

  static Stream<JsonNode> statementsOf(JsonNode role) {
    return role.path("Policies")
        .valueStream()
        .flatMap(policy -> policy.at("/PolicyDocument/Statement").valueStream());
  }

  /** A value, or the values of a list. */
  static List<JsonNode> list(JsonNode value) {
    return value.isArray() ? value.valueStream().toList() : List.of(value);
  }
}
