package dev.freshet.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.examples.CardPayments;
import dev.freshet.examples.Examples;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.DeclarationOracle;
import dev.freshet.oracle.ExampleGroup;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.testdriver.FeatureTestDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Training rows of card payments and of ride-hailing. */
class ExamplesReplayTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration TIME_TO_LIVE = Duration.ofDays(1_000);
  private static final long START = FeatureTestDriver.START.toEpochMilli();
  private static final int EVENTS = 200;
  private static final int ROWS = 150;

  @TempDir private Path folder;

  /** Serving reads the instant, and a training row has the seconds from it to its own instant. */
  @Test
  void theSecondsSinceTheLatestPaymentAreAColumnOfTheSpine() throws IOException {
    String payment =
        "{\"meta\":{\"id\":\"a\",\"type\":\"PAYMENT\",\"at\":%d},\"card\":{\"id\":7}}"
            .formatted(START * 1_000);
    FeatureTestDriver online = FeatureTestDriver.of(CardPayments.USE);
    online.feed(payment);
    assertThat(online.feature("7", "latest_payment_at")).hasValue(START);

    long at = START + 90_500;
    String spine = "{\"card\":\"7\",\"at\":%d}".formatted(at);
    JsonNode row = join(List.of(CardPayments.USE), List.of(payment), List.of(spine)).get(0);
    assertThat(row.get("card_use:latest_payment_at").asLong()).isEqualTo(START);
    assertThat(row.get("card_use:latest_payment").asDouble()).isEqualTo(90.5);
  }

  @ParameterizedTest
  @EnumSource
  void everyRowHasTheFeaturesOfItsInstant(ExampleGroup example) throws IOException {
    for (long seed = 1; seed <= 3; seed++) {
      List<String> events =
          Examples.history(example, seed, EVENTS, START).stream().map(Arrival::json).toList();
      List<OracleEvent> parsed = events.stream().map(OracleEvent::parse).toList();
      FeatureGroup group = Examples.group(example);
      List<String> spine = spine(example, new Random(seed), parsed);
      int compared = 0;
      for (JsonNode row : join(List.of(group), events, spine)) {
        compared += check("seed %d".formatted(seed), row, example, parsed);
      }
      assertThat(compared).isGreaterThan(ROWS);
    }
  }

  /** Instants lie on the times of events, and where windows end, or a millisecond off. */
  private static List<String> spine(ExampleGroup example, Random random, List<OracleEvent> events) {
    long[] minutes = {0, 0, 0, 10, 30, 60, 720, 1_440, 10_080, 129_600};
    List<OracleEvent> named =
        events.stream().filter(each -> entity(example, each) != null).toList();
    List<String> spine = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      OracleEvent event = named.get(random.nextInt(named.size()));
      long after = minutes[random.nextInt(minutes.length)] * 60_000 + random.nextInt(3) - 1;
      ObjectNode row = MAPPER.createObjectNode().put("at", event.occurredAt() + after);
      String dimension = Examples.group(example).dimension().name();
      spine.add(row.put(dimension, entity(example, event)).toString());
    }
    return spine;
  }

  private static String entity(ExampleGroup example, OracleEvent event) {
    return example.oracle(TIME_TO_LIVE).entity(event);
  }

  /** Returns the number of its features. */
  private static int check(
      String run, JsonNode row, ExampleGroup example, List<OracleEvent> events) {
    long at = row.get("at").asLong();
    DeclarationOracle oracle = example.oracle(TIME_TO_LIVE);
    events.stream()
        .filter(each -> each.occurredAt() <= at)
        .forEach(each -> oracle.saw(each, each.occurredAt()));
    FeatureGroup group = Examples.group(example);
    String entity = row.get(group.dimension().name()).asText();
    Map<String, Object> found = found(row, group, at);
    if (oracle.entities().contains(entity)) {
      assertThat(oracle.difference(found, entity, at))
          .as("%s of %s: %s", run, example, row)
          .isNull();
    } else {
      assertThat(found).as("%s of %s: %s", run, example, row).isEmpty();
    }
    return found.size();
  }

  private static Map<String, Object> found(JsonNode row, FeatureGroup group, long at) {
    Map<String, Object> found = new HashMap<>();
    for (Feature each : group.features()) {
      JsonNode value = Objects.requireNonNull(row.get(FeatureColumns.name(group, each)));
      if (!value.isNull()) {
        found.put(each.name(), each.isText() ? value.asText() : (Object) value.asDouble());
      }
      if (each.isInstant()) {
        JsonNode age = row.get(FeatureColumns.name(group, each).replaceAll("_at$", ""));
        assertThat(age.isNull()).isEqualTo(value.isNull());
        assertThat(age.asDouble()).isEqualTo(value.isNull() ? 0 : (at - value.asLong()) / 1e3);
      }
    }
    return found;
  }

  private List<JsonNode> join(List<FeatureGroup> groups, List<String> events, List<String> spine)
      throws IOException {
    Path output = folder.resolve("rows.jsonl");
    new Replay(groups, TIME_TO_LIVE, 1 << 20, ReplayProgress.NONE)
        .join(
            Histories.files(Histories.write(folder.resolve("events.jsonl"), events)),
            Histories.write(folder.resolve("spine.jsonl"), spine),
            output);
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(output)) {
      rows.add(MAPPER.readTree(line));
    }
    assertThat(rows).hasSameSizeAs(spine);
    return rows;
  }
}
