package dev.freshet.local.platform;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.lambdas.AggregatorHandler;
import dev.freshet.local.template.DeployedTemplate;
import dev.freshet.local.template.FunctionDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The feature groups of the functions that are deployed. */
public final class Catalog {

  private Catalog() {}

  /** The groups in the order of the template, read from their handlers. */
  public static List<FeatureGroup> of(Path root) {
    return DeployedTemplate.read(root.resolve(".serverless")).functions().stream()
        .flatMap(Catalog::group)
        .toList();
  }

  private static Stream<FeatureGroup> group(FunctionDefinition function) {
    try {
      Object handler = Class.forName(function.handler()).getConstructor().newInstance();
      return handler instanceof AggregatorHandler aggregator
          ? Stream.of(aggregator.features())
          : Stream.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "function %s has no handler %s; build again"
              .formatted(function.name(), function.handler()),
          e);
    }
  }
}
