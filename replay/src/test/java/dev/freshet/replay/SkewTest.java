package dev.freshet.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.oracle.RandomHistory;
import dev.freshet.redis.Redis;
import dev.freshet.result.DecimalText;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.StreamResults;
import dev.freshet.state.Archive;
import dev.freshet.state.InMemoryArchive;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.redis.TestRedis;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training–serving skew is a build failure: the same events through the engine of the functions
 * with its state in Redis, recalculated at the instants of a spine, and through replay. Every value
 * is the same to the last bit.
 */
@Tag("verify")
class SkewTest {

  private static final int QUESTIONS = 25;

  private static final Redis REDIS = TestRedis.shared();

  @TempDir private Path folder;

  @Test
  void replayGivesWhatServingWouldHaveRead() throws IOException {
    compare(100, 4);
  }

  /** Other seeds every night. */
  @Test
  @Tag("nightly")
  void andSoItDoesWithManyMore() throws IOException {
    compare(LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000, 100);
  }

  private void compare(long first, int histories) throws IOException {
    int values = 0;
    for (long seed = first; seed < first + histories; seed++) {
      values += compare(seed);
    }
    assertThat(values).isGreaterThan(1_000 * histories);
  }

  private int compare(long seed) throws IOException {
    REDIS.await(REDIS.pipeline(commands -> commands.flushall()));
    Random random = new Random(seed);
    List<Arrival> arrivals = new RandomHistory(seed, Histories.START, 2).arrivals(60);
    List<Long> instants = instants(random, arrivals);
    List<String> spine = new ArrayList<>();
    List<Map<String, String>> online = new ArrayList<>();
    ServedOnline served = new ServedOnline();
    List<Arrival> open = new ArrayList<>(onTime(arrivals));
    for (long instant : instants) {
      served.play(takeUntil(open, instant), random);
      served.recalculateAt(instant);
      for (Map<String, String> row : rows(instant)) {
        spine.add(csv(row));
        online.add(served.read(row));
      }
    }
    Path output = folder.resolve("rows.csv");
    List<String> header = List.of("at,store,city,courier,customer");
    List<String> lines = new ArrayList<>(header);
    lines.addAll(spine);
    Histories.replay(8_000)
        .join(
            Histories.files(
                Histories.write(
                    folder.resolve("events.jsonl"), arrivals.stream().map(Arrival::json).toList())),
            Histories.write(folder.resolve("spine.csv"), lines),
            output);
    List<String> replayed = Files.readAllLines(output);
    String[] columns = replayed.get(0).split(",", -1);
    int values = 0;
    for (int i = 0; i < online.size(); i++) {
      Map<String, String> offline = new HashMap<>();
      String[] cells = replayed.get(i + 1).split(",", -1);
      for (int c = 5; c < columns.length; c++) {
        boolean isAge = columns[c - 1].equals(columns[c] + "_at");
        if (!cells[c].isEmpty() && !isAge) {
          offline.put(columns[c], cells[c]);
        }
      }
      assertThat(offline).as("seed %d, %s", seed, spine.get(i)).isEqualTo(online.get(i));
      values += offline.size();
    }
    return values;
  }

  /**
   * Last-N groups hold events that are dated ahead (contract: they do not look at t), which a point
   * in time must not; so here nothing arrives before it happened. And all have arrived by the
   * instant they are asked for: online cannot know what is still to come.
   */
  private static List<Arrival> onTime(List<Arrival> arrivals) {
    return arrivals.stream()
        .map(each -> new Arrival(OracleEvent.parse(each.json()).occurredAt(), each.json()))
        .sorted(Comparator.comparingLong(Arrival::atMillis))
        .toList();
  }

  private static List<Arrival> takeUntil(List<Arrival> open, long instant) {
    List<Arrival> taken = new ArrayList<>();
    while (!open.isEmpty() && open.get(0).atMillis() <= instant) {
      taken.add(open.remove(0));
    }
    return taken;
  }

  private static List<Long> instants(Random random, List<Arrival> arrivals) {
    List<Long> instants = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      Arrival near = arrivals.get(random.nextInt(arrivals.size()));
      instants.add(OracleEvent.parse(near.json()).occurredAt() + random.nextInt(3) * 1_800_000L);
    }
    instants.sort(null);
    return instants;
  }

  private static List<Map<String, String>> rows(long instant) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (int entity = 0; entity < 3; entity++) {
      rows.add(
          Map.of(
              "at", Long.toString(instant),
              "store", Integer.toString(entity),
              "city", "c" + entity,
              "courier", "k" + entity,
              "customer", "u" + entity));
    }
    return rows;
  }

  private static String csv(Map<String, String> row) {
    return String.join(
        ",",
        row.get("at"),
        row.get("store"),
        row.get("city"),
        row.get("courier"),
        row.get("customer"));
  }

  /** The functions of all groups over Redis, and what the feature store would hold. */
  private static final class ServedOnline {
    private final HandClock clock = new HandClock(Histories.START);
    private final FakeSink results = new FakeSink();
    private final FakeSink deadLetters = new FakeSink();
    private final List<Aggregator> functions = new ArrayList<>();
    private final List<Recalculator> recalculators = new ArrayList<>();
    private final Map<String, FeatureResult> stored = new HashMap<>();

    ServedOnline() {
      for (FeatureGroup group : Histories.GROUPS) {
        Archive archive = new InMemoryArchive();
        var state =
            RedisStateStore.of(group, REDIS, Replay.TIME_TO_LIVE, 1 << 20, archive, Metrics.NONE);
        functions.add(
            new Aggregator(
                group,
                state,
                new StreamResults(results),
                deadLetters,
                Duration.ofDays(90),
                clock,
                Metrics.NONE));
        if (group.movesWithTime()) {
          var dueKeys = new RedisDueKeys(group, REDIS);
          recalculators.add(
              new Recalculator(
                  group, state, dueKeys, archive, new StreamResults(results), clock, Metrics.NONE));
        }
      }
    }

    /** Hands events over in batches of random size. */
    void play(List<Arrival> arrivals, Random random) throws IOException {
      for (int from = 0; from < arrivals.size(); ) {
        int to = Math.min(arrivals.size(), from + 1 + random.nextInt(6));
        List<Arrival> batch = arrivals.subList(from, to);
        clock.set(batch.get(batch.size() - 1).atMillis());
        List<StreamRecord> records = batch.stream().map(ServedOnline::record).toList();
        for (Aggregator function : functions) {
          assertThat(function.process(records).firstUnfinished()).isEmpty();
        }
        store();
        from = to;
      }
    }

    void recalculateAt(long instant) throws IOException {
      clock.set(instant);
      recalculators.forEach(each -> each.recalculate(() -> false));
      store();
      assertThat(deadLetters.records()).isEmpty();
    }

    private static StreamRecord record(Arrival arrival) {
      ByteBuffer data = ByteBuffer.wrap(arrival.json().getBytes(UTF_8));
      return new StreamRecord("orders", "shardId-0", "1", "key", data);
    }

    private void store() throws IOException {
      for (FeatureResult result : results.drainResults()) {
        stored.merge(
            result.featureGroup() + "/" + result.key(),
            result,
            (a, b) -> a.version() > b.version() ? a : b);
      }
    }

    /** What serving reads for a row of the spine, by column. */
    Map<String, String> read(Map<String, String> row) {
      Map<String, String> read = new HashMap<>();
      for (FeatureGroup group : Histories.GROUPS) {
        FeatureResult result = stored.get(group.name() + "/" + row.get(group.dimension().name()));
        if (result != null) {
          result
              .features()
              .forEach(
                  each -> read.put(group.name() + ":" + each.name(), DecimalText.of(each.value())));
        }
      }
      return read;
    }
  }
}
