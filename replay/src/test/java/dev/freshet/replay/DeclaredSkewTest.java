package dev.freshet.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.DeclarationOracle;
import dev.freshet.oracle.DeclaredHistory;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.oracle.RandomDeclaration;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.StreamResults;
import dev.freshet.state.InMemoryDueKeys;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.FakeSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random declarations over random events, online and by replay: every value of a spine is the same
 * to the last bit, and what its definition says. No event arrives before it happened, or after it
 * is asked for.
 */
class DeclaredSkewTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int QUESTIONS = 15;

  @TempDir private Path folder;

  @Test
  void replayGivesWhatServingWouldHaveRead() throws IOException {
    compare(1, 60);
  }

  /** Other seeds every night. */
  @Test
  @Tag("nightly")
  void andSoItDoesWithManyMore() throws IOException {
    compare(LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000_000, 2_000);
  }

  private void compare(long first, int declarations) throws IOException {
    int values = 0;
    for (long seed = first; seed < first + declarations; seed++) {
      values += compare(seed);
    }
    assertThat(values).isGreaterThan(20 * declarations);
  }

  private int compare(long seed) throws IOException {
    Random random = new Random(seed);
    RandomDeclaration declared = new RandomDeclaration(seed);
    List<Arrival> arrivals =
        new DeclaredHistory(declared, seed, Histories.START)
            .arrivals(5 + random.nextInt(40)).stream()
                .map(each -> new Arrival(OracleEvent.parse(each.json()).occurredAt(), each.json()))
                .sorted(Comparator.comparingLong(Arrival::atMillis))
                .toList();
    Online online = new Online(declared);
    TreeSet<Long> instants = new TreeSet<>();
    for (int i = 0; i < QUESTIONS; i++) {
      long near = arrivals.get(random.nextInt(arrivals.size())).atMillis();
      instants.add(near + random.nextInt(9) * declared.scale().toMillis() / 4 + random.nextInt(3));
    }
    List<String> spine = new ArrayList<>();
    List<Map<String, Object>> expected = new ArrayList<>();
    int next = 0;
    for (long instant : instants) {
      while (next < arrivals.size() && arrivals.get(next).atMillis() <= instant) {
        online.process(arrivals.get(next++));
      }
      online.recalculateAt(instant);
      for (String entity : online.stored.keySet()) {
        Map<String, Object> values = online.read(entity);
        assertThat(online.oracle.difference(values, entity, instant))
            .as("seed %d, %s at %d, %s", seed, entity, instant, declared)
            .isNull();
        spine.add(
            "{\"at\":%d,\"%s\":\"%s\"}"
                .formatted(instant, declared.group().dimension().name(), entity));
        expected.add(values);
      }
    }
    return compare(seed, declared.group(), replay(declared.group(), arrivals, spine), expected);
  }

  private List<String> replay(FeatureGroup group, List<Arrival> arrivals, List<String> spine)
      throws IOException {
    Path output = folder.resolve("rows.jsonl");
    new Replay(List.of(group), Replay.TIME_TO_LIVE, 8_000, ReplayProgress.NONE)
        .join(
            Histories.files(
                Histories.write(
                    folder.resolve("events.jsonl"), arrivals.stream().map(Arrival::json).toList())),
            Histories.write(folder.resolve("spine.jsonl"), spine),
            output);
    return Files.readAllLines(output, UTF_8);
  }

  private static int compare(
      long seed, FeatureGroup group, List<String> rows, List<Map<String, Object>> expected)
      throws IOException {
    assertThat(rows).hasSameSizeAs(expected);
    int values = 0;
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = MAPPER.readTree(rows.get(i));
      Map<String, Object> found = new HashMap<>();
      for (Feature each : group.features()) {
        JsonNode value = row.required(FeatureColumns.name(group, each));
        if (!value.isNull()) {
          found.put(each.name(), value.isTextual() ? value.asText() : (Object) value.asDouble());
        }
      }
      assertThat(found).as("seed %d, %s", seed, rows.get(i)).isEqualTo(expected.get(i));
      values += found.size();
    }
    return values;
  }

  /** The function of the group, and what the feature store would hold. */
  private static final class Online {
    private final HandClock clock = new HandClock(0);
    private final FakeSink results = new FakeSink();
    private final FeatureGroup group;
    private final Aggregator aggregator;
    private final Recalculator recalculator;
    private final DeclarationOracle oracle;
    private final Map<String, FeatureResult> stored = new HashMap<>();

    Online(RandomDeclaration declared) {
      group = declared.group();
      oracle = declared.oracle(Replay.TIME_TO_LIVE);
      InMemoryDueKeys state = new InMemoryDueKeys(group, new InMemoryStateStore(group));
      aggregator =
          new Aggregator(
              group,
              state,
              new StreamResults(results),
              new FakeSink(),
              Replay.TIME_TO_LIVE,
              clock,
              Metrics.NONE);
      recalculator =
          new Recalculator(group, state, state, new StreamResults(results), clock, Metrics.NONE);
    }

    void process(Arrival arrival) throws IOException {
      clock.set(Math.max(clock.millis(), arrival.atMillis()));
      ByteBuffer data = ByteBuffer.wrap(arrival.json().getBytes(UTF_8));
      var record = new StreamRecord("steps", "shardId-0", "1", "key", data);
      assertThat(aggregator.process(List.of(record)).firstUnfinished()).isEmpty();
      oracle.saw(OracleEvent.parse(arrival.json()), clock.millis());
      store();
    }

    void recalculateAt(long instant) throws IOException {
      clock.set(instant);
      if (group.movesWithTime()) {
        recalculator.recalculate(() -> false);
        store();
      }
    }

    private void store() throws IOException {
      for (FeatureResult result : results.drainResults()) {
        stored.put(result.key(), result);
      }
    }

    Map<String, Object> read(String entity) {
      Map<String, Object> values = new HashMap<>();
      for (FeatureValue each : stored.get(entity).features()) {
        values.put(each.name(), each.text() == null ? (Object) each.value() : each.text());
      }
      return values;
    }
  }
}
