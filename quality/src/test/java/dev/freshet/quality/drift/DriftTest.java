package dev.freshet.quality.drift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.featurestore.client.EntityKey;
import dev.freshet.metrics.Metrics;
import dev.freshet.quality.drift.FeatureDrift.Reading;
import dev.freshet.quality.drift.WatchedFeature.Kind;
import dev.freshet.redis.Redis;
import dev.freshet.testing.CountedMetrics;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests baselines, reports and gauges of the values in a real Redis. */
@Tag("containers")
@Tag("verify")
class DriftTest {

  private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final List<WatchedFeature> FEATURES =
      List.of(
          new WatchedFeature("visits:sum", "place", Kind.NUMBER),
          new WatchedFeature("visits:mean", "place", Kind.NUMBER),
          new WatchedFeature("visits:guest", "place", Kind.TEXT),
          new WatchedFeature("visits:last", "place", Kind.AGE),
          new WatchedFeature("town:sum", "town", Kind.NUMBER));

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private TestServer server;
  private Redis store;

  @BeforeEach
  void start() throws IOException {
    System.out.println("seed " + seed);
    server = TestRedis.startServer(); // of its own, as all its keys are drawn from
    store = server.connect(Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop();
  }

  @Test
  void aShiftedFeatureIsFoundAndTheOthersAreNot() {
    fill(1);
    Map<String, Baseline> baselines = drift(1_000).baselines();
    fill(3);

    DriftReport report = drift(500).against(baselines);

    assertThat(readings(report))
        .containsEntry("visits:sum", Reading.SHIFTED)
        .containsEntry("visits:mean", Reading.STABLE)
        .containsEntry("visits:guest", Reading.STABLE)
        .containsEntry("visits:last", Reading.STABLE)
        .containsEntry("town:sum", Reading.TOO_FEW);
    assertThat(report.over(0.25)).extracting(FeatureDrift::feature).containsExactly("visits:sum");
    assertThat(DriftTable.of(report).lines().toList())
        .anyMatch(line -> line.startsWith("visits:sum ") && line.endsWith("shifted"))
        .anyMatch(line -> line.startsWith("town:sum ") && line.endsWith("too few: 3"));
  }

  @Test
  void everyEntityThatIsServedCounts() {
    for (int i = 0; i < 10; i++) {
      Places.store(store, "place", "asleep" + i, "visits:sum", "0", "visits:@version", "1");
      Places.store(store, "place", "unseen" + i, "other:f", "1");
      Places.store(store, "place", "seen" + i, "visits:sum", "10", "visits:last_at", millis(90));
    }
    store.ask(redis -> redis.set(EntityKey.of("place", "no hash"), "1".getBytes(UTF_8)));

    DriftReport report = drift(100).against(Map.of());

    Profile sum = report.features().get(0).now();
    assertThat(sum.values()).isEqualTo(30);
    assertThat(sum.absent()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(sum.numbers().mean()).isCloseTo(5, within(1e-12));
    assertThat(report.features().get(3).now().numbers().p50()).as("an age").isEqualTo(90);
    assertThat(report.features().get(0).reading()).isEqualTo(Reading.NO_BASELINE);
    assertThat(report.entities()).containsEntry("place", 31).containsEntry("town", 0);
  }

  @Test
  void anEntityThatHasExpiredSinceItWasDrawnDoesNotCount() {
    Places.store(store, "place", "here", "visits:sum", "1");
    DrawnSample drawn = new DrawnSample(Set.of("place"), 10);
    drawn.add(EntityKey.of("place", "here"));
    drawn.add(EntityKey.of("place", "gone"));

    Observations found =
        new StoredFeatures(store, FEATURES, random, NOW.toEpochMilli())
            .read(drawn)
            .get(FEATURES.get(0));

    assertThat(found.size()).isOne();
  }

  @Test
  void baselinesComeBackFromFileAndStoreAsTheyWere(@TempDir Path folder) throws IOException {
    fill(1);
    Map<String, Baseline> baselines = new TreeMap<>(drift(1_000).baselines());
    Path file = folder.resolve("baseline.json");

    Baselines.write(file, baselines);
    Baselines.write(store, baselines);

    assertThat(Baselines.read(file)).isEqualTo(baselines);
    assertThat(Baselines.read(store)).isEqualTo(baselines);
    Baselines.write(store, Map.of("visits:sum", baselines.get("visits:sum")));
    assertThat(Baselines.read(store)).as("replaced").containsOnlyKeys("visits:sum");
    assertThat(drift(1_000).against(baselines).features().get(0).psi()).isNotNull();
  }

  @Test
  void damagedBaselinesAreErrorsThatSayWhatToDo(@TempDir Path folder) throws IOException {
    for (String text :
        new String[] {
          "", "null", "[]", "{\"visits:sum\": null}", "{\"visits:sum\": {}}", "{\"visits:sum\": 5}"
        }) {
      Path file = Files.writeString(folder.resolve("damaged.json"), text);
      assertThatThrownBy(() -> Baselines.read(file))
          .as(text)
          .hasMessageContaining("damaged.json")
          .hasMessageContaining("--save-baseline");
    }
    assertThatThrownBy(() -> Baselines.read(folder.resolve("none.json")))
        .hasMessageContaining("there is no file");
    byte[] key = "freshet:baseline".getBytes(UTF_8);
    store.ask(redis -> redis.hset(key, "visits:sum".getBytes(UTF_8), "{\"a".getBytes(UTF_8)));
    assertThatThrownBy(() -> Baselines.read(store)).hasMessageContaining("visits:sum");
  }

  @Test
  void gaugesAreSentOfWhatCanBeCompared() {
    CountedMetrics metrics = new CountedMetrics();
    assertThat(watch(metrics)).contains("--save-baseline store");
    fill(1);
    Baselines.write(store, drift(1_000).baselines());
    fill(3);

    assertThat(watch(metrics)).isEqualTo("compared 4 of 5 features: 1 have shifted");

    assertThat(metrics.gauges.keySet())
        .contains("DRIFT_PSI visits:sum", "DRIFT_ABSENT visits:guest", "DRIFT_CHANGE visits:last")
        .noneMatch(each -> each.contains("town") || each.equals("DRIFT_CHANGE visits:guest"));
    assertThat(metrics.gauges.get("DRIFT_PSI visits:sum")).isGreaterThan(0.25);
    assertThat(metrics.gauges.get("DRIFT_PSI visits:mean")).isLessThan(0.1);
    assertThat(metrics.gauges.get("DRIFT_CHANGE visits:sum")).isGreaterThan(1);
  }

  @Test
  void gaugesHaveABound() {
    Map<String, Baseline> baselines = new TreeMap<>();
    fill(1);
    Baseline one = drift(1_000).baselines().get("visits:sum");
    for (int i = 0; i < 700; i++) {
      baselines.put("visits:f" + i, one);
    }
    baselines.put("visits:sum", one);
    Baselines.write(store, baselines);
    CountedMetrics metrics = new CountedMetrics();

    assertThat(watch(metrics)).startsWith("compared 701 of 701");

    assertThat(metrics.gauges.keySet().stream().filter(each -> each.startsWith("DRIFT_PSI")))
        .hasSize(DriftHandler.MOST_FEATURES)
        .doesNotContain("DRIFT_PSI visits:sum");
  }

  private String watch(Metrics metrics) {
    return DriftHandler.watch(store, 1_000, random, CLOCK, group -> metrics);
  }

  private Drift drift(int sample) {
    return new Drift(store, FEATURES, sample, random, CLOCK);
  }

  private static Map<String, Reading> readings(DriftReport report) {
    return report.features().stream()
        .collect(Collectors.toMap(FeatureDrift::feature, FeatureDrift::reading));
  }

  /** Stores 1,500 places and three towns; only sums grow by the factor. */
  private void fill(double factor) {
    Places.Pending pending = new Places.Pending(store);
    for (int i = 0; i < 1_500; i++) {
      pending.store(
          "place",
          "p" + i,
          "visits:sum",
          Double.toString(factor * Math.exp(random.nextGaussian())),
          "visits:mean",
          Long.toString(Math.max(0, random.nextInt(10) - 4)),
          "visits:guest",
          random.nextBoolean() ? "a" : "b",
          "visits:last_at",
          millis(random.nextInt(3_600)));
    }
    for (int i = 0; i < 3; i++) {
      pending.store("town", "t" + i, "town:sum", "1");
    }
    pending.await();
  }

  private static String millis(int secondsAgo) {
    return Long.toString(NOW.minusSeconds(secondsAgo).toEpochMilli());
  }
}
