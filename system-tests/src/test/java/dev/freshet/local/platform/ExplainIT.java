package dev.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.process.KinesisServer;
import dev.freshet.aws.emulator.process.TestKinesis;
import dev.freshet.aws.emulator.template.DeployedTemplate;
import dev.freshet.aws.emulator.template.StreamDefinition;
import dev.freshet.cli.command.ExplainCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Tests explanations from the streams, which are the only record of when an event arrived. */
@Tag("verify")
class ExplainIT {

  private static final String PREFIX = "test-";

  @TempDir private Path folder;

  private final Instant now = Instant.now();

  @Test
  void theStreamsTellWhatCountsAndWhatCameTooLate() throws IOException {
    try (KinesisServer server = TestKinesis.start(TestPlatform.freePort(), root(), folder);
        KinesisClient kinesis = LocalKinesis.connect(server.endpoint())) {
      LocalKinesis.create(kinesis, streams());
      put(kinesis, "order-created", created("counted", "1", Duration.ofMinutes(1)));
      put(kinesis, "order-created", created("counted", "1", Duration.ofMinutes(1)));
      put(kinesis, "order-created", created("left", "2", Duration.ofMinutes(20)));
      put(kinesis, "order-created", created("late", "3", Duration.ofHours(9)));
      put(kinesis, "order-created", "no json");
      put(
          kinesis,
          "order-accepted",
          created("other", "4", Duration.ofMinutes(1)).replace("45", "46"));

      String why = explain(server.endpoint().toString());
      assertThat(why)
          .contains("store_orders:created_5m of store 45 at ", " is 1\n")
          .contains("\ncounts: 1\n", "item 1", "item 2", "left the window at ")
          .contains("\nlate: 1\n", "arrived " + now.toString().substring(0, 11))
          .contains("\nduplicate: 1\n", "invalid: 1, the first: ");
    }
  }

  @Test
  void aMissingPlatformIsNamed() throws IOException {
    String nowhere = "http://127.0.0.1:" + TestPlatform.freePort();
    assertThat(explain(nowhere)).contains("Kinesis at " + nowhere, "start ./freshet local");
  }

  private static List<StreamDefinition> streams() throws IOException {
    return DeployedTemplate.read(root().resolve(".serverless")).streams().stream()
        .map(each -> new StreamDefinition(PREFIX + each.name(), 2))
        .toList();
  }

  private String created(String eventId, String order, Duration ago) {
    return "{\"eventId\":\"%s\",\"eventType\":\"ORDER_CREATED\",\"occurredAt\":\"%s\",\"orderId\":%s,\"storeId\":45}"
        .formatted(eventId, now.minus(ago), order);
  }

  private static void put(KinesisClient kinesis, String stream, String event) {
    kinesis.putRecord(
        call ->
            call.streamName(PREFIX + stream)
                .partitionKey(event)
                .data(SdkBytes.fromUtf8String(event)));
  }

  private static String explain(String endpoint) throws IOException {
    StringWriter printed = new StringWriter();
    new CommandLine(new ExplainCommand(Clock.systemUTC()))
        .setOut(new PrintWriter(printed))
        .setErr(new PrintWriter(printed))
        .setExecutionExceptionHandler(
            (failure, command, arguments) -> {
              printed.write(failure.getMessage());
              return 1;
            })
        .execute("store", "45", "created_5m", "--endpoint", endpoint, "--stream-prefix", PREFIX);
    return printed.toString();
  }

  private static Path root() throws IOException {
    return Path.of("..").toRealPath();
  }
}
