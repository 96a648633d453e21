package dev.freshet.authoring.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each monitor is one that Datadog takes, and names the part of the runbook that is about it. */
class MonitorsTest {

  private static final Set<String> MEMBERS =
      Set.of("name", "type", "query", "message", "tags", "priority", "options");
  private static final Set<String> OPTIONS =
      Set.of(
          "thresholds",
          "require_full_window",
          "include_tags",
          "notify_no_data",
          "no_data_timeframe",
          "evaluation_delay");

  private static final Pattern QUERY =
      Pattern.compile("(?:sum|min|max|avg)\\(last_\\d+[mh]\\):.+ (?<sign>[<>]) (?<limit>[\\d.]+)");
  private static final Pattern BY = Pattern.compile("by \\{([^}]*)}");
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\w+)\\.name}}");

  private static final String PREFIX = "Freshet: ";
  private static final String RUNBOOK = "docs/operations.md";

  @ParameterizedTest
  @MethodSource("monitors")
  void haveTheMembersOfTheApi(JsonNode monitor) {
    assertThat(monitor.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(MEMBERS);
    assertThat(monitor.path("options").fieldNames()).toIterable().isSubsetOf(OPTIONS);
    assertThat(monitor.path("type").textValue()).isEqualTo("query alert");
    assertThat(monitor.path("priority").intValue()).isBetween(1, 5);
    assertThat(monitor.path("tags").path(0).textValue()).isEqualTo("service:freshet");
  }

  @ParameterizedTest
  @MethodSource("monitors")
  void haveTheThresholdsOfTheirQuery(JsonNode monitor) {
    Matcher query = QUERY.matcher(monitor.path("query").textValue());
    assertThat(query.matches()).isTrue();
    JsonNode thresholds = monitor.path("options").path("thresholds");
    double critical = thresholds.path("critical").doubleValue();
    assertThat(Double.parseDouble(query.group("limit"))).isEqualTo(critical);
    if (thresholds.has("warning")) {
      assertThat(query.group("sign")).isEqualTo(">");
      assertThat(thresholds.path("warning").doubleValue()).isLessThan(critical);
    }
  }

  @ParameterizedTest
  @MethodSource("monitors")
  void nameInTheirMessageOnlyWhatTheyAreSplitBy(JsonNode monitor) {
    Set<String> tags =
        BY.matcher(monitor.path("query").textValue())
            .results()
            .flatMap(by -> Stream.of(by.group(1).split(",")))
            .collect(Collectors.toSet());
    assertThat(VARIABLE.matcher(monitor.path("message").textValue()).results())
        .extracting(variable -> variable.group(1))
        .isSubsetOf(tags);
  }

  /** CloudWatch's metrics arrive minutes late: without a delay the last of them are missing. */
  @ParameterizedTest
  @MethodSource("monitors")
  void waitForTheMetricsOfAws(JsonNode monitor) {
    assertThat(monitor.path("options").has("evaluation_delay"))
        .isEqualTo(monitor.path("query").textValue().contains(":aws."));
  }

  @ParameterizedTest
  @MethodSource("monitors")
  void haveAPartOfTheRunbook(JsonNode monitor) throws IOException {
    Path runbook = DatadogFiles.ROOT.resolve(RUNBOOK);
    String name = monitor.path("name").textValue();
    assertThat(name).startsWith(PREFIX);
    String heading = name.substring(PREFIX.length());
    assertThat(monitor.path("message").textValue())
        .endsWith("\n\nRunbook: " + RUNBOOK + "#" + anchor(heading));
    if (Files.exists(runbook)) {
      assertThat(Files.readAllLines(runbook)).contains("### " + heading);
    }
  }

  @Test
  void haveNamesOfTheirOwn() {
    assertThat(DatadogFiles.monitors().findValuesAsText("name")).doesNotHaveDuplicates();
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  static Stream<Named<JsonNode>> monitors() {
    return StreamSupport.stream(DatadogFiles.monitors().spliterator(), false)
        .map(monitor -> Named.of(monitor.path("name").textValue(), monitor));
  }
}
