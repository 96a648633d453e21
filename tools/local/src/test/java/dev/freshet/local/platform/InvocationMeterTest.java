package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.template.MappingDefinition;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvocationMeterTest {

  private static final MappingDefinition MAPPING =
      new MappingDefinition(
          "writer",
          "results",
          500,
          Duration.ZERO,
          1,
          false,
          -1,
          Optional.empty(),
          false,
          Optional.empty());

  private final InvocationMeter meter = new InvocationMeter();
  private final FunctionInvoker function =
      meter.around((event, requestId) -> "answer".getBytes(UTF_8), MAPPING);

  @Test
  void countsTheRecordsOfEachInvocationAndTheirBytes() {
    assertThat(function.invoke(event("abc", "defgh"), "1")).asString(UTF_8).isEqualTo("answer");
    function.invoke(event(""), "2");

    MappingCounts counts = meter.read().get(0);
    assertThat(counts.function()).isEqualTo("writer");
    assertThat(counts.stream()).isEqualTo("results");
    assertThat(counts.invocations()).isEqualTo(2);
    assertThat(counts.records()).isEqualTo(3);
    assertThat(counts.bytes()).isEqualTo(8);
    assertThat(counts.recalculated()).isZero();
  }

  @Test
  void countsTheResultsOfRecalculation() {
    String recalculated = "{\"trigger\":\"recalculation\"}\n";
    function.invoke(event(recalculated + "{\"trigger\":\"event\"}\n" + recalculated), "1");

    assertThat(meter.read().get(0).recalculated()).isEqualTo(2);
  }

  private static byte[] event(String... records) {
    StringBuilder json = new StringBuilder("{\"Records\":[");
    for (String record : records) {
      String data = Base64.getEncoder().encodeToString(record.getBytes(UTF_8));
      json.append("{\"kinesis\":{\"data\":\"%s\"}},".formatted(data));
    }
    return json.append("{}]}").toString().getBytes(UTF_8);
  }
}
