package dev.freshet.authoring.datadog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Stream;

/** The dashboard, its members named as in Datadog's API: a row for each feature group. */
public record Dashboard(
    String title,
    String description,
    String layoutType,
    String reflowType,
    List<Variable> templateVariables,
    List<Widget> widgets) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
          .build();

  private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
  private static final PrettyPrinter PRETTY =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER))
          .withObjectIndenter(LINES)
          .withArrayIndenter(LINES);

  /** What can be chosen at the top of the dashboard. */
  private record Variable(String name, String prefix, List<String> defaults) {}

  public static Dashboard of(List<DeployedGroup> groups) {
    return new Dashboard(
        "Freshet",
        "Real-time features: traffic, lag, freshness and errors of the fleet, of each feature"
            + " group and of the parts they share.",
        "ordered",
        "auto",
        List.of(variable("env", "prod"), variable("feature_group", "*"), variable("function", "*")),
        Stream.of(Overview.rows(), groups.stream().map(GroupRow::of).toList(), Parts.rows())
            .flatMap(List::stream)
            .toList());
  }

  private static Variable variable(String tag, String value) {
    return new Variable(tag, tag, List.of(value));
  }

  /** The file as it is committed. */
  public String json() {
    try {
      return JSON.writer(PRETTY).writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
