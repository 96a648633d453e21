package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureService;
import dev.freshet.featurestore.client.Age;
import dev.freshet.featurestore.client.EntityFeatures;
import dev.freshet.featurestore.client.ServedRow;
import dev.freshet.replay.FeatureColumns;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Clock;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet get}: reads the feature store as serving would. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "freshet get [OPTIONS] DIMENSION VALUE [FEATURE...]",
      "       freshet get [OPTIONS] --service NAME DIMENSION=VALUE..."
    },
    description = {
      "Reads features from the feature store, as serving would: of one entity, or of rows of a",
      "feature service, with their ages."
    })
public final class GetCommand implements Callable<Integer> {

  private static final String ABSENT = "-";
  private static final String UNKNOWN = "?";
  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+([eE][-+]?[0-9]+)?");

  private final Clock clock;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIMENSION VALUE [FEATURE]",
      description = {
        "what the entity is, its id, such as 45, and features as <group>:<feature>, all without any;",
        "with --service: the entity of each dimension, such as store=45 city=XYZ; one that is named",
        "several times makes several rows, store=45 store=46 city=XYZ"
      })
  private List<String> words;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "reads the features of a feature service; './freshet catalog' lists them")
  private String service;

  @Option(names = "--json", description = "print one JSON object; with --service an array of rows")
  private boolean json;

  @Mixin private FeatureStoreOptions store = new FeatureStoreOptions();

  public GetCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    if (service != null) {
      getRows();
    } else {
      require(words.size() > 1, "VALUE is missing: the id of a " + words.get(0));
      get(words.get(0), words.get(1), words.subList(2, words.size()));
    }
    return 0;
  }

  private void getRows() {
    ServiceRows rows;
    try {
      rows = ServiceRows.of(Catalogue.load().service(service), words);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    FeatureService asked = rows.service();
    List<ServedRow> found =
        store.read(asked.dimensions(), reader -> reader.of(asked, clock).read(rows.entities()));
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? rows.json(found) : rows.text(found));
    out.flush();
    Set<String> unknown = ServiceRows.unknown(found);
    if (!unknown.isEmpty()) {
      throw store.unknown(String.join(", ", unknown), "the table of history did not answer");
    }
  }

  private void get(String dimension, String value, List<String> features) {
    EntityFeatures found =
        store.read(List.of(dimension), reader -> reader.readEntity(dimension, value));
    if (found.texts().isEmpty() && found.unanswered().isEmpty()) {
      throw new IllegalStateException(
          "nothing is known of %s '%s'; './freshet catalog' lists the dimensions"
              .formatted(dimension, value));
    }
    Map<String, String> chosen = chosen(found, features);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? json(chosen) : table(chosen));
    out.flush();
    found.ages().forEach(this::printAge);
    found
        .unanswered()
        .forEach(
            (group, why) -> {
              throw store.unknown(group, why);
            });
  }

  private void require(boolean isGiven, String complaint) {
    if (!isGiven) {
      throw new ParameterException(spec.commandLine(), complaint);
    }
  }

  /** Returns the features asked for; of none asked for, all that are known. */
  private static Map<String, String> chosen(EntityFeatures found, List<String> features) {
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
