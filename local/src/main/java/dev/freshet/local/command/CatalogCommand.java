package dev.freshet.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.definition.EventType;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.local.platform.Catalog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet catalog}: every feature group that is deployed. */
@Command(
    name = "catalog",
    mixinStandardHelpOptions = true,
    description = "Lists every feature group: its dimension, inputs, features and windows.")
public final class CatalogCommand implements Callable<Integer> {

  private final Path root;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "print a JSON array")
  private boolean json;

  public CatalogCommand(Path root) {
    this.root = root;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    List<FeatureGroup> groups = Catalog.of(root);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(groups.stream().map(CatalogCommand::tree).toList()));
    } else {
      groups.forEach(group -> print(group, out));
    }
    out.flush();
    return 0;
  }

  private static void print(FeatureGroup group, PrintWriter out) {
    out.printf(
        "%s  of %s (%s)%n  reads %s%n",
        group.name(),
        group.dimension().name(),
        group.dimension().member(),
        String.join(", ", eventTypes(group)));
    group.computation().value().ifPresent(value -> out.printf("  value %s%n", value));
    for (Feature feature : group.features()) {
      out.printf("    %-22s %s%n", feature.name(), feature.window());
    }
    out.println();
  }

  private static Map<String, Object> tree(FeatureGroup group) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("featureGroup", group.name());
    tree.put("dimension", group.dimension().name());
    tree.put("member", group.dimension().member());
    tree.put("inputs", eventTypes(group));
    tree.put("value", group.computation().value().map(Object::toString).orElse(null));
    tree.put("features", group.features().stream().map(CatalogCommand::tree).toList());
    return tree;
  }

  private static Map<String, String> tree(Feature feature) {
    return Map.of("name", feature.name(), "window", feature.window());
  }

  private static List<String> eventTypes(FeatureGroup group) {
    return group.eventTypes().stream().map(EventType::name).toList();
  }
}
