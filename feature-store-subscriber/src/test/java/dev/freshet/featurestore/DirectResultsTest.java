package dev.freshet.featurestore;

import static dev.freshet.metrics.Metric.FRESHNESS_STORED;
import static dev.freshet.metrics.Metric.REDIS_ERRORS;
import static dev.freshet.metrics.Metric.RESULTS_STALE;
import static dev.freshet.metrics.Metric.RESULTS_STORED;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.datadog.MeterMetrics;
import dev.freshet.featurestore.client.DirectResults;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.featurestore.client.StoredResults;
import dev.freshet.metrics.Metric;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultSink;
import dev.freshet.result.StreamResults;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Results that a function writes into a real Redis, and then puts into the stream. */
@Tag("verify")
@Timeout(60)
class DirectResultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_299), ZoneOffset.UTC);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeSink stream = new FakeSink();
  private final String key = Results.freshKey();
  private TestServer server;
  private Redis redis;
  private FeatureStoreReader reader;
  private ResultSink direct;

  @BeforeEach
  void start() throws IOException {
    server = TestRedis.startServer();
    String url = "redis://127.0.0.1:" + server.port();
    redis = Redis.at(url, PATIENCE);
    reader = FeatureStoreReader.connect(url);
    direct = new DirectResults(stored(), new StreamResults(stream));
  }

  @AfterEach
  void stop() {
    reader.close();
    redis.close();
    server.stop();
  }

  private ResultSink stored() {
    MeterMetrics metrics = new MeterMetrics(() -> registry, System::nanoTime);
    return new StoredResults(
        new FeatureStoreWriter(redis, Duration.ofDays(1), metrics), Set.of("gone"), CLOCK, metrics);
  }

  @Test
  void modelsReadAResultBeforeTheStreamHasIt() {
    List<String> readFirst = new ArrayList<>();
    ResultSink watched =
        results -> {
          readFirst.add(stored("g:a"));
          return new BitSet();
        };
    assertThat(new DirectResults(stored(), watched).put(List.of(result(1)))).isEqualTo(none());
    assertThat(readFirst).containsExactly("1");
  }

  @Test
  void countsWhatIsStoredAndWhatIsStaleAsTheSubscriberDoes() {
    put(result(2));
    put(result(1));
    assertThat(count(RESULTS_STORED)).isOne();
    assertThat(count(RESULTS_STALE)).isOne();
    assertThat(freshnessMillis()).containsExactly(2L, 300.0);
    assertThat(stored("g:a")).isEqualTo("2");
    assertThat(stream.results()).extracting(FeatureResult::version).containsExactly(2L, 1L);
  }

  @Test
  void severalResultsOfAnEntityEndWithTheNewest() {
    assertThat(direct.put(List.of(result(3), result(9), result(4)))).isEqualTo(none());
    assertThat(stored("g:a")).isEqualTo("9");
    assertThat(stream.results()).hasSize(3);
  }

  @Test
  void resultsOfAGroupThatIsGoneGoOnlyToTheStream() {
    assertThat(direct.put(List.of(Results.of("gone", key, 1, "a", 1), result(1))))
        .isEqualTo(none());
    assertThat(reader.readAll("place", key)).containsKey("g:a").doesNotContainKey("gone:a");
    assertThat(stream.results()).hasSize(2);
    assertThat(count(RESULTS_STORED)).isOne();
  }

  @Test
  void nothingIsPublishedOrCountedWhileTheFeatureStoreIsAway() {
    server.stop();
    assertThat(put(result(1), result(2))).isEqualTo(all(2));
    assertThat(stream.records()).isEmpty();
    assertThat(count(REDIS_ERRORS)).isOne();

    server.start();
    assertThat(put(result(1), result(2))).isEqualTo(none());
    assertThat(stored("g:a")).isEqualTo("2");
    assertThat(stream.results()).hasSize(2);
    assertThat(count(RESULTS_STORED)).isEqualTo(2);
  }

  /** The write arrives when the server resumes, after the function gave up. */
  @Test
  void aWriteWhoseAnswerIsLostCountsOnceAndIsPublishedLater() {
    put(Results.of("g", "other", 1, "a", 1)); // connects
    server.suspend();
    long start = System.nanoTime();
    BitSet missing = put(result(1));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    server.resume();
    assertThat(missing).isEqualTo(all(1));
    assertThat(took).isLessThan(PATIENCE.multipliedBy(3));
    assertThat(stream.results()).as("the other one").hasSize(1);

    while (stored("g:a") == null) {
      Thread.onSpinWait();
    }
    assertThat(put(result(1))).isEqualTo(none());
    assertThat(count(RESULTS_STORED)).as("the other one").isOne();
    assertThat(count(RESULTS_STALE)).isOne();
    assertThat(stream.results()).hasSize(2);
  }

  @Test
  void aResultThatTheStreamRefusesIsReadableAndComesAgain() {
    stream.refuseIf(record -> true);
    assertThat(put(result(1))).isEqualTo(all(1));
    assertThat(stored("g:a")).isEqualTo("1");

    stream.refuseIf(record -> false);
    assertThat(put(result(1))).isEqualTo(none());
    assertThat(count(RESULTS_STORED)).isOne();
    assertThat(stream.results()).hasSize(1);
  }

  @Test
  void ifBothAreAwayTheStreamIsNotEvenAsked() {
    server.stop();
    ResultSink never =
        results -> {
          throw new AssertionError("put " + results);
        };
    assertThat(new DirectResults(stored(), never).put(List.of(result(1)))).isEqualTo(all(1));
  }

  @Test
  void aBatchWithoutResultsAsksNobody() {
    server.stop();
    assertThat(direct.put(List.of())).isEqualTo(none());
    assertThat(count(REDIS_ERRORS)).isZero();
  }

  private BitSet put(FeatureResult... results) {
    return direct.put(List.of(results));
  }

  private FeatureResult result(int version) {
    return Results.of("g", key, version, "a", version);
  }

  private String stored(String field) {
    return reader.readAll("place", key).get(field);
  }

  private long count(Metric metric) {
    Counter counter = registry.find(metric.meter()).counter();
    return counter == null ? 0 : Math.round(counter.count());
  }

  private List<Number> freshnessMillis() {
    var timer = registry.timer(FRESHNESS_STORED.meter());
    return List.of(timer.count(), timer.max(MILLISECONDS));
  }

  private static BitSet none() {
    return new BitSet();
  }

  private static BitSet all(int results) {
    BitSet all = new BitSet();
    all.set(0, results);
    return all;
  }
}
