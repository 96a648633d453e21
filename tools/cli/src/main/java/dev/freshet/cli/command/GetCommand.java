package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.Feature;
import dev.freshet.featurestore.client.FeatureStoreException;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.local.platform.PlatformOptions;
import dev.freshet.replay.FeatureColumns;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet get}: reads the feature store as serving would. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Reads the features of one entity from the feature store, as serving would.")
public final class GetCommand implements Callable<Integer> {

  private static final String ABSENT = "-";
  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+([eE][-+]?[0-9]+)?");

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIMENSION", description = "what the entity is")
  private String dimension;

  @Parameters(index = "1", paramLabel = "VALUE", description = "the entity's id, such as 45")
  private String value;

  @Parameters(
      index = "2..*",
      paramLabel = "FEATURE",
      description = "<group>:<feature>; all without any")
  private List<String> features = List.of();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue =
          "${env:FEATURE_STORE_URL:-redis://127.0.0.1:" + PlatformOptions.FEATURE_STORE_PORT + "}",
      description = "the feature store (default: FEATURE_STORE_URL or the local one)")
  private String url;

  @Override
  public Integer call() {
    Map<String, String> found = read();
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "nothing is known of %s '%s'; './freshet catalog' lists the dimensions"
              .formatted(dimension, value));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? json(found) : table(found));
    out.flush();
    return 0;
  }

  private Map<String, String> read() {
    try (FeatureStoreReader store = FeatureStoreReader.connect(url)) {
      Map<String, String> all = store.readAll(dimension, value);
      if (features.isEmpty() || all.isEmpty()) {
        return all;
      }
      Map<String, String> chosen = new LinkedHashMap<>();
      features.forEach(feature -> chosen.put(feature, all.getOrDefault(feature, ABSENT)));
      return chosen;
    } catch (FeatureStoreException e) {
      throw new IllegalStateException(
          e.getMessage() + "; check --url, or start './freshet local'", e);
    }
  }

  private static String table(Map<String, String> found) {
    int width = found.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder lines = new StringBuilder();
    found.forEach(
        (name, text) ->
            lines
                .append(name)
                .append(" ".repeat(width - name.length() + 2))
                .append(text)
                .append('\n'));
    return lines.toString();
  }

  private static String json(Map<String, String> found) {
    ObjectNode object = new ObjectMapper().createObjectNode();
    Set<String> texts = texts();
    found.forEach(
        (name, text) -> {
          if (text.equals(ABSENT)) {
            object.putNull(name);
          } else if (texts.contains(name) || !NUMBER.matcher(text).matches()) {
            object.put(name, text);
          } else {
            object.put(name, new BigDecimal(text));
          }
        });
    return object + "\n";
  }

  /** Returns the names of the features that are texts. */
  private static Set<String> texts() {
    return Catalogue.load().groups().stream()
        .flatMap(
            group ->
                group.features().stream()
                    .filter(Feature::isText)
                    .map(feature -> FeatureColumns.name(group, feature)))
        .collect(Collectors.toSet());
  }
}
