package dev.freshet.aws.emulator.template;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against what {@code serverless package} wrote of {@code packaged/serverless.yml}. */
class DeployedTemplateTest {

  private static final Path PACKAGED =
      Path.of("src/test/resources/dev/freshet/aws/emulator/template/packaged").toAbsolutePath();
  private static final String TEMPLATE = "cloudformation-template-update-stack.json";

  private final DeployedTemplate template = DeployedTemplate.read(PACKAGED);

  @Test
  void readsStreams() {
    assertThat(template.streams())
        .containsExactly(
            new StreamDefinition("item-created", 2),
            new StreamDefinition("item-picked", 3),
            new StreamDefinition("results", 1));
  }

  @Test
  void readsTables() {
    assertThat(template.tables()).containsExactly(new TableDefinition("items-local-kept", "id"));
  }

  @Test
  void rejectsATableWithTwoKeys(@TempDir Path folder) throws IOException {
    changed(
        folder,
        "\"KeySchema\": [",
        "\"KeySchema\": [{\"AttributeName\": \"at\", \"KeyType\": \"RANGE\"},");

    assertThatThrownBy(() -> DeployedTemplate.read(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Kept has 2 key attributes: only a table with one can be run on one machine");
  }

  @Test
  void readsFunctionsWithTheirJars() {
    assertThat(template.functions())
        .extracting(
            FunctionDefinition::name, FunctionDefinition::handler, FunctionDefinition::artifact)
        .containsExactly(
            tuple(
                "items-local-auditor", "example.Auditor", besidePackaged("target/subscriber.jar")),
            tuple(
                "items-local-place-items",
                "example.PlaceItemsHandler",
                Path.of("/project/target/lambdas.jar")),
            tuple(
                "items-local-subscriber",
                "example.Subscriber",
                besidePackaged("target/subscriber.jar")));
  }

  @Test
  void readsTheLimitsOfFunctions() {
    assertThat(template.functions())
        .extracting(FunctionDefinition::memoryMegabytes, FunctionDefinition::timeout)
        .containsOnly(tuple(1024, Duration.ofSeconds(6)));
  }

  @Test
  void resolvesTheEnvironment() {
    assertThat(template.functions().get(1).environment())
        .containsExactly(
            entry("ARN", "arn:aws:kinesis:eu-central-1:000000000000:stream/results"),
            entry("JOIN", "https://sqs/000000000000/discarded"),
            entry("LITERAL", "redis://127.0.0.1:6390"),
            entry("REF", "results"),
            entry("SUB", "arn:aws:states:eu-central-1:000000000000:stateMachine:items-local"));
  }

  @Test
  void readsEverySettingOfAMapping() {
    assertThat(template.mappings())
        .contains(
            new MappingDefinition(
                "items-local-place-items",
                "item-created",
                500,
                Duration.ofSeconds(2),
                3,
                true,
                7,
                Optional.of(Duration.ofHours(1)),
                true,
                Optional.of("arn:aws:sqs:eu-central-1:000000000000:discarded")));
  }

  @Test
  void takesTheDefaultsOfLambdaAndFindsTheStreamOfAConsumer() {
    assertThat(template.mappings())
        .contains(
            new MappingDefinition(
                "items-local-place-items",
                "item-picked",
                10, // what the deployment tool writes when nothing is said
                Duration.ZERO,
                1,
                false,
                -1,
                Optional.empty(),
                false,
                Optional.empty()));
  }

  @Test
  void leavesOutDisabledMappingsAndReadsForeignStreams() {
    assertThat(template.mappings())
        .extracting(MappingDefinition::stream)
        .containsExactlyInAnyOrder("item-created", "item-picked", "elsewhere");
  }

  @Test
  void readsSchedules() {
    assertThat(template.schedules())
        .containsExactly(
            new ScheduleDefinition(
                "AuditorEventsRuleSchedule1", "items-local-auditor", Duration.ofMinutes(5)));
  }

  @Test
  void readsRatesInHoursAndDays(@TempDir Path folder) throws IOException {
    changed(folder, "rate(5 minutes)", "rate(1 hour)");
    assertThat(DeployedTemplate.read(folder).schedules().get(0).rate())
        .isEqualTo(Duration.ofHours(1));
    changed(folder, "rate(5 minutes)", "rate(2 days)");
    assertThat(DeployedTemplate.read(folder).schedules().get(0).rate())
        .isEqualTo(Duration.ofDays(2));
  }

  @Test
  void leavesOutADisabledSchedule(@TempDir Path folder) throws IOException {
    changed(folder, "\"State\": \"ENABLED\"", "\"State\": \"DISABLED\"");
    assertThat(DeployedTemplate.read(folder).schedules()).isEmpty();
  }

  @Test
  void rejectsAScheduleThatIsNoRate(@TempDir Path folder) throws IOException {
    for (String expression : List.of("cron(0 12 * * ? *)", "rate(0 minutes)", "rate(5 seconds)")) {
      changed(folder, "rate(5 minutes)", expression);
      assertThatThrownBy(() -> DeployedTemplate.read(folder))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "AuditorEventsRuleSchedule1 has the schedule "
                  + expression
                  + ": only one such as rate(5 minutes) can be run on one machine");
    }
  }

  @Test
  void rejectsAScheduleOfSomethingElse(@TempDir Path folder) throws IOException {
    changed(
        folder,
        "\"Fn::GetAtt\": [\n                \"AuditorLambdaFunction\",",
        "\"Fn::GetAtt\": [\n                \"Discarded\",");
    assertThatThrownBy(() -> DeployedTemplate.read(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "AuditorEventsRuleSchedule1 calls arn:aws:sqs:",
            ": only schedules of functions can be run on one machine");
  }

  @Test
  void saysHowToPackageWhatIsMissing(@TempDir Path empty) {
    assertThatThrownBy(() -> DeployedTemplate.read(empty))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            empty.resolve(TEMPLATE) + " was not found: run npx serverless package --stage local");
  }

  @Test
  void rejectsAMappingOfAnotherService(@TempDir Path folder) throws IOException {
    changed(folder, ":kinesis:eu-central-1:111111111111:stream/elsewhere", ":sqs:eu:1:queue");

    assertThatThrownBy(() -> DeployedTemplate.read(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(
            " reads arn:aws:sqs:eu:1:queue: only mappings of Kinesis streams can be run on one"
                + " machine");
  }

  @Test
  void quotesAShardCountThatIsNoNumber(@TempDir Path folder) throws IOException {
    changed(folder, "\"ShardCount\": 2", "\"ShardCount\": \"two\"");

    assertThatThrownBy(() -> DeployedTemplate.read(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("ShardCount must be an integer: two");
  }

  @Test
  void saysWhichFunctionHasNoJar(@TempDir Path folder) throws IOException {
    changed(folder, "items-local-auditor", "another-name");

    assertThatThrownBy(() -> DeployedTemplate.read(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "function another-name has no package.artifact: name its jar in serverless.yml");
  }

  @Test
  void namesTheFileThatIsNotJson(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve(TEMPLATE), "{");

    assertThatThrownBy(() -> DeployedTemplate.read(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(folder.resolve(TEMPLATE) + " cannot be read: ");
  }

  private static Path besidePackaged(String artifact) {
    return PACKAGED.getParent().resolve(artifact);
  }

  private static void changed(Path folder, String from, String to) throws IOException {
    String text = Files.readString(PACKAGED.resolve(TEMPLATE));
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(TEMPLATE), text.replace(from, to));
    String state = "serverless-state.json";
    Files.copy(PACKAGED.resolve(state), folder.resolve(state), REPLACE_EXISTING);
  }
}
