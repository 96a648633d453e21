package dev.freshet.local.platform;

import dev.freshet.aws.emulator.template.DeployedTemplate;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.aws.emulator.template.MappingDefinition;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.function.AggregatorHandler;
import dev.freshet.operations.rebuild.GroupStreams;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the feature groups of the deployed functions. */
public final class DeployedGroups {

  private DeployedGroups() {}

  /**
   * Returns the groups in the order of the template, each with the streams of its function that its
   * events come from.
   *
   * @param service the folder of the packaged service
   * @throws IllegalStateException if a function serves a group that the catalogue does not have, or
   *     that another function serves, or does not read a stream of its events
   */
  public static List<GroupStreams> of(Path service, Catalogue catalogue) {
    return of(DeployedTemplate.read(service.resolve(".serverless")), catalogue);
  }

  static List<GroupStreams> of(DeployedTemplate template, Catalogue catalogue) {
    return byFunction(template, catalogue).entrySet().stream()
        .flatMap(each -> streams(each.getValue(), streams(template, each.getKey())))
        .toList();
  }

  private static Stream<GroupStreams> streams(FunctionGroups groups, Set<String> streams) {
    return IntStream.range(0, groups.all().size())
        .mapToObj(
            i ->
                new GroupStreams(
                    groups.all().get(i),
                    streams.stream()
                        .filter(stream -> groups.reading(stream).get(i))
                        .collect(Collectors.toSet())));
  }

  private static Set<String> streams(DeployedTemplate template, String function) {
    return template.mappings().stream()
        .filter(mapping -> mapping.function().equals(function))
        .map(MappingDefinition::stream)
        .collect(Collectors.toSet());
  }

  /** Returns the groups of each function of a template that serves some, by its name. */
  public static Map<String, FunctionGroups> byFunction(
      DeployedTemplate template, Catalogue catalogue) {
    Map<String, FunctionGroups> groups = new LinkedHashMap<>();
    Map<String, String> functions = new HashMap<>();
    for (FunctionDefinition function : template.functions()) {
      groups(function, catalogue).ifPresent(found -> groups.put(function.name(), found));
    }
    groups.forEach(
        (function, served) -> {
          served.all().forEach(group -> requireAlone(functions, group, function));
          requireStreams(template, served, function);
        });
    return groups;
  }

  private static void requireAlone(
      Map<String, String> functions, FeatureGroup group, String function) {
    String other = functions.put(group.name(), function);
    if (other != null) {
      throw new IllegalStateException(
          "functions %s and %s of serverless.yml both serve the feature group %s: leave it to one"
              .formatted(other, function, group));
    }
  }

  /** Requires the streams of all events, unless some of them exist and may have other names. */
  private static void requireStreams(
      DeployedTemplate template, FunctionGroups groups, String function) {
    Set<String> streams = streams(template, function);
    for (EventType type : groups.eventTypes()) {
      if (streams.stream().noneMatch(type::isCarriedBy)
          && template.streamNames().containsAll(streams)) {
        throw new IllegalStateException(
            "function %s of serverless.yml serves %s, which needs %s: add %s to its reads"
                .formatted(function, groups, type.name(), type.stream()));
      }
    }
  }

  private static Optional<FunctionGroups> groups(FunctionDefinition function, Catalogue catalogue) {
    try {
      Object handler = Class.forName(function.handler()).getConstructor().newInstance();
      return handler instanceof AggregatorHandler aggregator
          ? Optional.of(known(aggregator, catalogue))
          : Optional.empty();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          "function %s: %s: %s"
              .formatted(function.name(), function.handler(), e.getCause().getMessage()),
          e);
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

  private static FunctionGroups known(AggregatorHandler handler, Catalogue catalogue) {
    return new FunctionGroups(
        handler.groups().stream().map(each -> catalogue.group(each.name())).toList());
  }
}
