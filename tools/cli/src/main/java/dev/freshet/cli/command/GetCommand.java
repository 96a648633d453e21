package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.option.HistoryOptions;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.featurestore.client.Age;
import dev.freshet.featurestore.client.EntityFeatures;
import dev.freshet.featurestore.client.FeatureStoreException;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.featurestore.client.History;
import dev.freshet.local.platform.PlatformOptions;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.result.ArchivedResults;
import dev.freshet.runtime.Settings;
import dev.freshet.state.dynamodb.DynamoDbResults;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@code freshet get}: reads the feature store as serving would. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Reads the features of one entity from the feature store, as serving would.")
public final class GetCommand implements Callable<Integer> {

  private static final String ABSENT = "-";
  private static final String UNKNOWN = "?";
  private static final Duration HISTORY_TIMEOUT = Duration.ofSeconds(2);
  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+([eE][-+]?[0-9]+)?");

  private final Clock clock;

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

  @Mixin private HistoryOptions history = new HistoryOptions();

  public GetCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    EntityFeatures found = read();
    if (found.texts().isEmpty() && found.unanswered().isEmpty()) {
      throw new IllegalStateException(
          "nothing is known of %s '%s'; './freshet catalog' lists the dimensions"
              .formatted(dimension, value));
    }
    Map<String, String> chosen = chosen(found);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? json(chosen) : table(chosen));
    out.flush();
    found.ages().forEach(this::printAge);
    found
        .unanswered()
        .forEach(
            (group, why) -> {
              throw new IllegalStateException(
                  "the features of %s are unknown: %s".formatted(group, history.advise(why)));
            });
    return 0;
  }

  private EntityFeatures read() {
    Map<String, String> dimensions =
        Catalogue.load().groups().stream()
            .filter(FeatureGroup::hasHistory)
            .collect(Collectors.toMap(FeatureGroup::name, group -> group.dimension().name()));
    if (!dimensions.containsValue(dimension)) {
      return read(FeatureStoreReader.connect(url));
    }
    try (DynamoDbClient client = history.connect()) {
      ArchivedResults results = new DynamoDbResults(client, history.table(), HISTORY_TIMEOUT);
      History source = new History(results, dimensions, Settings.ofEnvironment().historyAwake());
      return read(FeatureStoreReader.connect(url, source));
    }
  }

  private EntityFeatures read(FeatureStoreReader reader) {
    try (reader) {
      return reader.readEntity(dimension, value);
    } catch (FeatureStoreException e) {
      throw new IllegalStateException(
          e.getMessage() + "; check --url, or start './freshet local'", e);
    }
  }

  /** Returns the features asked for; of none asked for, all that are known. */
  private Map<String, String> chosen(EntityFeatures found) {
    if (features.isEmpty()) {
      return found.texts();
    }
    Map<String, String> chosen = new LinkedHashMap<>();
    for (String feature : features) {
      boolean isUnknown = found.unanswered().containsKey(feature.split(":", 2)[0]);
      chosen.put(feature, found.texts().getOrDefault(feature, isUnknown ? UNKNOWN : ABSENT));
    }
    return chosen;
  }

  /** Says of a group that Redis had forgotten how old it is. */
  private void printAge(String group, Age age) {
    if (age.isFromHistory()) {
      spec.commandLine()
          .getErr()
          .printf(
              "%s is from the table of history, as of %s%s%n",
              group,
              Instant.ofEpochMilli(age.computedAt()),
              age.isOutdated(clock.millis())
                  ? "; a value has changed since, at "
                      + Instant.ofEpochMilli(age.validUntil().getAsLong())
                  : "");
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
          } else if (text.equals(UNKNOWN)) {
            return;
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
