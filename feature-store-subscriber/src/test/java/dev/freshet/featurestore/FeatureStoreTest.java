package dev.freshet.featurestore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.featurestore.client.FeatureStoreException;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The feature store on a real Redis: what is written and what serving reads. */
@Tag("containers")
@Tag("verify")
class FeatureStoreTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final Redis REDIS = TestRedis.connect();
  private static final FeatureStoreReader READER = FeatureStoreReader.connect(TestRedis.url());

  private final FeatureStoreWriter writer = new FeatureStoreWriter(REDIS, TTL, Metrics.NONE);

  @AfterAll
  static void disconnect() {
    REDIS.close();
    READER.close();
  }

  @Test
  void aResultIsStoredAsTheContractHasIt() {
    String store = Results.freshKey();
    assertThat(
            write(Results.of("store_orders", store, 7, "unpicked", 2, "mean", 0.1, "tiny", 1e-7)))
        .isEqualTo(1);
    assertThat(READER.readAll("store", store))
        .containsOnly(
            Map.entry("store_orders:@version", "7"),
            Map.entry("store_orders:@computed_at", "1000"),
            Map.entry("store_orders:@event_time", "999"),
            Map.entry("store_orders:unpicked", "2"),
            Map.entry("store_orders:mean", "0.1"),
            Map.entry("store_orders:tiny", "1e-7"));
    byte[] key = ("features:store:" + store).getBytes(UTF_8);
    long existing = REDIS.ask(commands -> commands.exists(key));
    assertThat(existing).isEqualTo(1);
    long millisToLive = REDIS.ask(commands -> commands.pttl(key));
    assertThat(millisToLive).isBetween(TTL.toMillis() - 60_000, TTL.toMillis());
  }

  @Test
  void aWriteReplacesTheWholeGroupAndNoOther() {
    String store = Results.freshKey();
    FeatureResult valid = Results.of("orders", store, 1, "a", 1, "b", 2);
    write(Results.withValidUntil(valid, OptionalLong.of(55)));
    write(Results.of("orders_late", store, 1, "a", 3));
    write(Results.of("order", store, 1, "a", 4));
    assertThat(READER.readAll("store", store)).containsEntry("orders:@valid_until", "55");
    write(Results.of("orders", store, 2, "b", 5, "c", 6));
    assertThat(READER.readAll("store", store))
        .doesNotContainKeys("orders:a", "orders:@valid_until")
        .containsEntry("orders:@version", "2")
        .containsEntry("orders:b", "5")
        .containsEntry("orders:c", "6")
        .containsEntry("orders_late:a", "3")
        .containsEntry("orders_late:@version", "1")
        .containsEntry("order:a", "4");
    write(Results.of("orders", store, 3));
    assertThat(READER.readAll("store", store))
        .doesNotContainKeys("orders:b", "orders:c")
        .containsEntry("orders:@version", "3");
  }

  @Test
  void aResultThatIsNotNewerIsDropped() {
    String store = Results.freshKey();
    write(Results.of("orders", store, 1_777_896_000_000_002L, "a", 1));
    assertThat(write(Results.of("orders", store, 1_777_896_000_000_002L, "a", 2))).isZero();
    assertThat(write(Results.of("orders", store, 1_777_896_000_000_001L, "b", 3))).isZero();
    assertThat(READER.readAll("store", store)).containsEntry("orders:a", "1").hasSize(4);
    assertThat(write(Results.of("orders", store, 1_777_896_000_000_003L, "a", 4))).isEqualTo(1);
    assertThat(READER.read("store", store, "orders:a")).containsEntry("orders:a", 4.0);
  }

  @Test
  void entitiesAreKeptApart() {
    String key = Results.freshKey() + ":a\n\"}{ 😀";
    write(Results.of("g", key, 1, "a", 1), Results.of("g", key + ":", 1, "a", 2));
    assertThat(READER.read("store", key, "g:a")).containsEntry("g:a", 1.0);
    assertThat(READER.read("store", key + ":", "g:a")).containsEntry("g:a", 2.0);
    assertThat(READER.read("city", key, "g:a")).isEmpty();
  }

  @Test
  void theReaderKeepsTheAskedOrderAndLeavesAbsentOnesOut() {
    String store = Results.freshKey();
    write(Results.of("g", store, 1, "a", 1, "b", 0.1, "c", -1e22));
    assertThat(READER.read("store", store, "g:c", "g:nothing", "g:a", "h:a", "g:b"))
        .containsExactly(Map.entry("g:c", -1e22), Map.entry("g:a", 1.0), Map.entry("g:b", 0.1));
    assertThat(READER.read("store", Results.freshKey(), "g:a")).isEmpty();
    assertThat(READER.readAll("store", Results.freshKey())).isEmpty();
  }

  @Test
  void forgottenScriptsAreLoadedAgain() {
    String store = Results.freshKey();
    for (int version = 1; version < 4; version++) {
      assertThat(write(Results.of("g", store, version, "a", version))).isEqualTo(1);
      REDIS.ask(commands -> commands.scriptFlush());
    }
  }

  @Test
  void aStoreThatIsAwayIsReportedToWritersAndReaders() throws IOException {
    TestServer server = TestRedis.startServer();
    String url = "redis://127.0.0.1:" + server.port();
    server.stop();
    try (Redis redis = Redis.at(url, Duration.ofMillis(300));
        FeatureStoreReader reader = FeatureStoreReader.connect(url)) {
      FeatureStoreWriter broken = new FeatureStoreWriter(redis, TTL, Metrics.NONE);
      assertThat(broken.write(List.of())).isZero();
      assertThatExceptionOfType(FeatureStoreException.class)
          .isThrownBy(() -> broken.write(List.of(Results.of("g", "1", 1, "a", 1))))
          .withMessageContaining("127.0.0.1");
      assertThatExceptionOfType(FeatureStoreException.class)
          .isThrownBy(() -> reader.read("store", "1", "g:a"))
          .withMessageContaining("127.0.0.1");
    }
  }

  private int write(FeatureResult... results) {
    return writer.write(List.of(results));
  }
}
