package dev.freshet.local.platform;

import dev.freshet.aws.emulator.template.DeployedTemplate;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.aws.emulator.template.MappingDefinition;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import dev.freshet.operations.rebuild.GroupStreams;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the feature groups of the deployed functions. */
public final class DeployedGroups {

  private DeployedGroups() {}

  /**
   * Returns the groups in the order of the template, each with the streams of its function.
   *
   * @param service the folder of the packaged service
   * @throws IllegalStateException if a function serves a group that the catalogue does not have
   */
  public static List<GroupStreams> of(Path service, Catalogue catalogue) {
    DeployedTemplate template = DeployedTemplate.read(service.resolve(".serverless"));
    return template.functions().stream()
        .flatMap(
            function ->
                group(function, catalogue)
                    .map(group -> new GroupStreams(group, streams(template, function))))
        .toList();
  }

  private static Set<String> streams(DeployedTemplate template, FunctionDefinition function) {
    return template.mappings().stream()
        .filter(mapping -> mapping.function().equals(function.name()))
        .map(MappingDefinition::stream)
        .collect(Collectors.toSet());
  }

  /** Returns the group that each function of a template serves, by the function's name. */
  static Map<String, FeatureGroup> byFunction(DeployedTemplate template, Catalogue catalogue) {
    Map<String, FeatureGroup> groups = new HashMap<>();
    for (FunctionDefinition function : template.functions()) {
      group(function, catalogue).forEach(group -> groups.put(function.name(), group));
    }
    return groups;
  }

  private static Stream<FeatureGroup> group(FunctionDefinition function, Catalogue catalogue) {
    try {
      Object handler = Class.forName(function.handler()).getConstructor().newInstance();
      return handler instanceof AggregatorHandler aggregator
          ? Stream.of(catalogue.group(aggregator.features().name()))
          : Stream.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "function %s has no handler %s; build again"
              .formatted(function.name(), function.handler()),
          e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "function %s of serverless.yml: %s".formatted(function.name(), e.getMessage()), e);
    }
  }
}
