package dev.freshet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.city.SimulatedCity;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a service that has not all streams of the simulated city, and no time windows. */
@Tag("verify")
class OtherCatalogueIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String TEMPLATE = "cloudformation-template-update-stack.json";
  private static final Set<String> STREAMS =
      Set.of("order-picked", "order-delivered", "feature-results", "dead-letters");

  /** The functions that read these streams alone, and their mappings. */
  private static final String FUNCTIONS =
      "(CourierDashacceptDashtime|CustomerDashwaitingDashtime|StoreDashdeliveryDashtime"
          + "|StoreDashpreparationDashtime|FeatureDashstoreDashsubscriber)"
          + "(LambdaFunction|EventSourceMapping).*";

  @TempDir private Path root;

  @Test
  void startsWithWhatTheServiceDeclaresAndSaysThatNoCityIsSimulated() throws IOException {
    packageWithout(root);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int exit =
        Freshet.commandLine(ROOT, root)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(LocalCommand.with("--for=1s", "--events=" + events(), "--shift-to-now"));

    assertThat(exit).as("%s%s", out, err).isZero();
    assertThat(out.toString())
        .contains("ready", "events file: 11 events")
        .containsPattern("ran .*  results [1-9].*  dead letters 3"); // of each function one
    assertThat(err.toString())
        .contains(
            "no simulated city: serverless.yml has no stream"
                + " order-accepted, order-cancelled, order-created",
            "events of a type that no feature group declares: 1, first");
  }

  /** Ten orders delivered, and one of another business. */
  private Path events() throws IOException {
    Instant start = Instant.parse("2026-05-04T10:00:00Z");
    List<String> events = new ArrayList<>(List.of("{\"eventType\":\"RIDE_ENDED\"}"));
    new SimulatedCity(1, 20, start)
        .until(start.plus(Duration.ofHours(1))).stream()
            .filter(event -> event.stream().equals("order-delivered"))
            .limit(10)
            .forEach(event -> events.add(new String(event.json(), UTF_8)));
    return Files.write(root.resolve("events.jsonl"), events);
  }

  /** The packaged service of this project without what it would not have. */
  private static void packageWithout(Path folder) throws IOException {
    for (String used : List.of("node_modules", "tools", "lambdas", "feature-store-subscriber")) {
      Files.createSymbolicLink(folder.resolve(used), ROOT.resolve(used));
    }
    Path packaged = Files.createDirectories(folder.resolve(".serverless"));
    for (File file : ROOT.resolve(".serverless").toFile().listFiles(File::isFile)) {
      Files.copy(file.toPath(), packaged.resolve(file.getName()));
    }
    JsonNode template = JSON.readTree(packaged.resolve(TEMPLATE).toFile());
    ObjectNode resources = (ObjectNode) template.path("Resources");
    resources.properties().removeIf(OtherCatalogueIT::isLeftOut);
    JSON.writeValue(packaged.resolve(TEMPLATE).toFile(), template);
  }

  private static boolean isLeftOut(Map.Entry<String, JsonNode> resource) {
    JsonNode properties = resource.getValue().path("Properties");
    return switch (resource.getValue().path("Type").asText()) {
      case "AWS::Kinesis::Stream" -> !STREAMS.contains(properties.path("Name").asText());
      case "AWS::StepFunctions::StateMachine", "AWS::Events::Rule" -> true;
      case "AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping" ->
          !resource.getKey().matches(FUNCTIONS);
      default -> false;
    };
  }
}
