package dev.freshet.aws.emulator.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.template.ScheduleDefinition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SchedulesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void callsAFunctionAgainAndAgainAlsoAfterAFailure() throws InterruptedException, IOException {
    BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
    FunctionInvoker function =
        (event, requestId) -> {
          events.add(event);
          throw new FunctionFailedException("fails", new IllegalStateException("why"));
        };
    var schedule = new ScheduleDefinition("EveryMinute", "watchdog", Duration.ofMillis(5));
    Schedules schedules =
        Schedules.start(
            List.of(schedule),
            Map.of("watchdog", function),
            new AwsAccount("eu-central-1", "000000000000"),
            () -> Instant.parse("2026-11-23T10:11:00.123Z"));
    try {
      assertThat(events.poll(30, TimeUnit.SECONDS)).isNotNull();
      JsonNode second = JSON.readTree(new String(events.poll(30, TimeUnit.SECONDS), UTF_8));

      assertThat(second.get("source").asText()).isEqualTo("aws.events");
      assertThat(second.get("time").asText()).isEqualTo("2026-11-23T10:11:00Z");
      assertThat(second.get("resources").get(0).asText())
          .isEqualTo("arn:aws:events:eu-central-1:000000000000:rule/EveryMinute");
    } finally {
      schedules.close();
    }
  }
}
