package dev.freshet.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.oracle.RandomHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of random spines over random histories, each value compared with its definition. */
class OracleTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  @TempDir private Path folder;

  @Test
  void everyRowHasTheFeaturesOfTheEventsUpToItsInstant() throws IOException {
    compare(0, 8);
  }

  /** Other seeds every night. */
  @Test
  @Tag("nightly")
  void andSoDoManyMore() throws IOException {
    compare(LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000, 300);
  }

  private void compare(long first, int histories) throws IOException {
    int values = 0;
    for (long seed = first; seed < first + histories; seed++) {
      values += compare(seed);
    }
    assertThat(values).isGreaterThan(300 * histories);
  }

  private int compare(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> events =
        new RandomHistory(seed, Histories.START, 1 + random.nextInt(3))
            .arrivals(5 + random.nextInt(80)).stream().map(Arrival::json).toList();
    List<OracleEvent> parsed = events.stream().map(OracleEvent::parse).toList();
    List<String> spine = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      spine.add(row(random, parsed));
    }
    boolean before = seed % 2 == 1;
    Path output = folder.resolve("rows.jsonl");
    Histories.replay(1 + random.nextInt(20_000))
        .join(
            Histories.files(Histories.write(folder.resolve("events.jsonl"), events)),
            Histories.write(folder.resolve("spine.jsonl"), spine),
            output,
            before);
    List<String> rows = Files.readAllLines(output);
    assertThat(rows).hasSameSizeAs(spine);
    int values = 0;
    for (int i = 0; i < rows.size(); i++) {
      values +=
          check("seed %d row %d".formatted(seed, i), rows.get(i), spine.get(i), parsed, before);
    }
    return values;
  }

  /** Instants lie on, just before and just after the times of events, and where windows end. */
  private static String row(Random random, List<OracleEvent> events) {
    long[] minutes = {0, 0, 1, 5, 10, 15, 30, 60, 180, 600};
    long at =
        events.get(random.nextInt(events.size())).occurredAt()
            + minutes[random.nextInt(minutes.length)] * 60_000
            + random.nextInt(3)
            - 1;
    return "{\"at\":%d,\"store\":%d,\"city\":\"c%d\",\"courier\":\"k%d\",\"customer\":%s}"
        .formatted(
            at,
            random.nextInt(3),
            random.nextInt(3),
            random.nextInt(3),
            random.nextInt(4) == 0 ? "null" : "\"u" + random.nextInt(4) + '"');
  }

  private static int check(
      String place, String row, String asked, List<OracleEvent> events, boolean before)
      throws IOException {
    JsonNode found = MAPPER.readTree(row);
    JsonNode spine = MAPPER.readTree(asked);
    spine
        .fieldNames()
        .forEachRemaining(name -> assertThat(found.get(name)).isEqualTo(spine.get(name)));
    long at = spine.get("at").asLong();
    long last = before ? at - 1 : at;
    Oracle past = new Oracle(events.stream().filter(each -> each.occurredAt() <= last).toList());
    int values = 0;
    for (FeatureGroup group : Histories.GROUPS) {
      Map<String, Double> expected = expected(past, group, spine, at);
      Map<String, Double> values2 = values(found, group);
      assertThat(values2.keySet()).as("%s, %s", place, group).isEqualTo(expected.keySet());
      for (var each : expected.entrySet()) {
        double value = values2.get(each.getKey());
        assertThat(Oracle.isRight(group, each.getKey(), value, each.getValue()))
            .as("%s, %s:%s is %s, not %s", place, group, each.getKey(), value, each.getValue())
            .isTrue();
        values++;
      }
    }
    return values;
  }

  /** Windows of an entity that no event of the group has named yet are absent. */
  private static Map<String, Double> expected(
      Oracle past, FeatureGroup group, JsonNode spine, long at) {
    JsonNode id = spine.get(group.dimension().name());
    String[] types = group.eventTypes().stream().map(EventType::name).toArray(String[]::new);
    return past.entities(group.dimension().members().get(0), types).contains(id.asText())
        ? past.features(group.name(), id.asText(), at)
        : Map.of();
  }

  private static Map<String, Double> values(JsonNode row, FeatureGroup group) {
    Map<String, Double> values = new LinkedHashMap<>();
    Set<String> columns = new HashSet<>();
    row.fieldNames().forEachRemaining(columns::add);
    group
        .features()
        .forEach(
            feature -> {
              String name = FeatureColumns.name(group, feature);
              assertThat(columns).contains(name);
              if (!row.get(name).isNull()) {
                values.put(feature.name(), row.get(name).asDouble());
              }
            });
    return values;
  }
}
