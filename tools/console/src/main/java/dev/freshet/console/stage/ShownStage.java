package dev.freshet.console.stage;

import dev.freshet.aws.emulator.template.DeployedTemplate;
import dev.freshet.aws.emulator.template.MappingDefinition;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.local.platform.DeployedGroups;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The streams and functions of a stage, as this checkout declares them.
 *
 * @param name such as {@code prod}
 * @param streamPrefix what the names of its streams start with
 * @param streams without the prefix
 * @param functions those that read streams
 */
public record ShownStage(
    String name, String streamPrefix, List<String> streams, List<Function> functions) {

  private static final String PACKAGED = "-local-";
  private static final String MACHINE = "-recalculation";

  /**
   * A function.
   *
   * @param name on AWS
   * @param groups the feature groups that it computes
   * @param reads its streams, without the prefix
   */
  record Function(String name, List<String> groups, List<String> reads) {}

  /**
   * Reads the declaration.
   *
   * @param service the folder of the packaged service
   */
  public static ShownStage of(String name, String streamPrefix, Path service, Catalogue catalogue) {
    DeployedTemplate template = DeployedTemplate.read(service.resolve(".serverless"));
    Map<String, List<String>> groups = new LinkedHashMap<>();
    DeployedGroups.byFunction(template, catalogue)
        .forEach(
            (function, served) ->
                groups.put(function, served.all().stream().map(FeatureGroup::name).toList()));
    Map<String, List<String>> reads = new LinkedHashMap<>();
    for (MappingDefinition each : template.mappings()) {
      reads.computeIfAbsent(each.function(), unseen -> new ArrayList<>()).add(each.stream());
    }
    return new ShownStage(
        name,
        streamPrefix,
        template.streamNames().stream().sorted().toList(),
        reads.entrySet().stream()
            .map(
                each ->
                    new Function(
                        each.getKey().replaceFirst(PACKAGED, "-" + name + "-"),
                        groups.getOrDefault(each.getKey(), List.of()),
                        each.getValue()))
            .toList());
  }

  /** Returns the end of the name of the state machine that recalculates. */
  public String machine() {
    return "-" + name + MACHINE;
  }
}
