package dev.freshet.featurestore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.featurestore.client.FeatureStoreException;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.featurestore.client.FeatureStoreWriter;
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
  private static final Duration AWAKE = Duration.ofHours(24);
  private static final Redis REDIS = TestRedis.shared();
  private static final FeatureStoreReader READER = FeatureStoreReader.connect(TestRedis.url());

  private final FeatureStoreWriter writer = new FeatureStoreWriter(REDIS, TTL, AWAKE, Metrics.NONE);

  @AfterAll
  static void disconnect() {
    READER.close();
  }

  @Test
  void aResultIsStoredAsTheContractHasIt() {
    String place = Results.freshKey();
    assertThat(write(Results.of("place_items", place, 7, "unpicked", 2, "mean", 0.1, "tiny", 1e-7)))
        .isEqualTo(1);
    assertThat(READER.readAll("place", place))
        .containsOnly(
            Map.entry("place_items:@version", "7"),
            Map.entry("place_items:@computed_at", "1000"),
            Map.entry("place_items:@event_time", "999"),
            Map.entry("place_items:unpicked", "2"),
            Map.entry("place_items:mean", "0.1"),
            Map.entry("place_items:tiny", "1e-7"));
    assertThat(millisToLive(place)).isBetween(TTL.toMillis() - 60_000, TTL.toMillis());
  }

  @Test
  void aWriteReplacesTheWholeGroupAndNoOther() {
    String place = Results.freshKey();
    FeatureResult valid = Results.of("items", place, 1, "a", 1, "b", 2);
    write(Results.withValidUntil(valid, OptionalLong.of(55)));
    write(Results.of("items_late", place, 1, "a", 3));
    write(Results.of("item", place, 1, "a", 4));
    assertThat(READER.readAll("place", place)).containsEntry("items:@valid_until", "55");
    write(Results.of("items", place, 2, "b", 5, "c", 6));
    assertThat(READER.readAll("place", place))
        .doesNotContainKeys("items:a", "items:@valid_until")
        .containsEntry("items:@version", "2")
        .containsEntry("items:b", "5")
        .containsEntry("items:c", "6")
        .containsEntry("items_late:a", "3")
        .containsEntry("items_late:@version", "1")
        .containsEntry("item:a", "4");
    write(Results.of("items", place, 3));
    assertThat(READER.readAll("place", place))
        .doesNotContainKeys("items:b", "items:c")
        .containsEntry("items:@version", "3");
  }

  @Test
  void aResultThatNamesItsAbsentFeaturesRemovesThem() {
    String place = Results.freshKey();
    FeatureResult full = Results.of("items", place, 1, "a", 1, "b", 2);
    FeatureResult marked = Results.withCompleteSince(full, OptionalLong.of(44));
    write(Results.withAbsent(Results.withValidUntil(marked, OptionalLong.of(55))));
    write(Results.withAbsent(Results.of("item", place, 1, "b", 4)));
    write(Results.withAbsent(Results.of("items", place, 2, "a", 5), "b"));
    assertThat(READER.readAll("place", place))
        .doesNotContainKeys("items:b", "items:@valid_until", "items:@complete_since")
        .containsEntry("items:a", "5")
        .containsEntry("item:b", "4");
  }

  @Test
  void aFeatureThatIsDeclaredNoMoreGoesWhenTheTimeToLiveIsRenewed() {
    String place = Results.freshKey();
    byte[] key = ("features:place:" + place).getBytes(UTF_8);
    write(Results.withAbsent(Results.of("items", place, 1, "a", 1, "removed", 2)));
    write(Results.withAbsent(Results.of("items", place, 2, "a", 2)));
    REDIS.ask(commands -> commands.pexpire(key, TTL.toMillis() - 3_700_000));
    FeatureResult anHourLater =
        Results.computedAt(Results.of("items", place, 3, "a", 3), 3_600_000);
    write(Results.withAbsent(anHourLater));
    assertThat(READER.readAll("place", place))
        .doesNotContainKey("items:removed")
        .containsEntry("items:a", "3");
    assertThat(millisToLive(place)).isBetween(TTL.toMillis() - 60_000, TTL.toMillis());
  }

  @Test
  void aThousandFeaturesAndABatchOfManyEntitiesAreStored() {
    String place = Results.freshKey();
    Object[] features = new Object[3_000];
    String[] names = new String[1_500];
    for (int i = 0; i < names.length; i++) {
      names[i] = "f" + i;
      features[2 * i] = names[i];
      features[2 * i + 1] = i;
    }
    FeatureResult[] results = new FeatureResult[100];
    for (int i = 0; i < results.length; i++) {
      results[i] = Results.withAbsent(Results.of("items", place + i, 1, "a", i), "b", "c");
    }
    results[40] = Results.withAbsent(Results.of("items", place + 40, 1, features), "a");
    assertThat(write(results)).isEqualTo(100);
    assertThat(write(results)).isZero();
    assertThat(READER.readAll("place", place + 40)).hasSize(1_503).containsEntry("items:f9", "9");
    assertThat(READER.readAll("place", place + 99)).hasSize(4).containsEntry("items:a", "99");
    results[40] = Results.withAbsent(Results.of("items", place + 40, 2), names);
    assertThat(write(results)).isEqualTo(1);
    assertThat(READER.readAll("place", place + 40)).hasSize(3);
  }

  @Test
  void aHashLivesOnAsLongAsTheGroupThatLivesLongest() {
    String place = Results.freshKey();
    write(Results.archived(Results.of("past", place, 1, "a", 1)));
    assertThat(millisToLive(place)).isBetween(AWAKE.toMillis() - 60_000, AWAKE.toMillis());
    write(Results.of("now", place, 1, "a", 1), Results.archived(Results.of("past", place, 2)));
    assertThat(millisToLive(place)).isBetween(TTL.toMillis() - 60_000, TTL.toMillis());
    write(Results.archived(Results.of("past", place, 3)), Results.of("now", place, 2, "a", 1));
    assertThat(write(Results.archived(Results.of("past", place, 4)))).isOne();
    assertThat(millisToLive(place)).isBetween(TTL.toMillis() - 60_000, TTL.toMillis());
  }

  @Test
  void aResultThatIsNotNewerIsDropped() {
    String place = Results.freshKey();
    write(Results.of("items", place, 1_777_896_000_000_002L, "a", 1));
    assertThat(write(Results.of("items", place, 1_777_896_000_000_002L, "a", 2))).isZero();
    assertThat(write(Results.of("items", place, 1_777_896_000_000_001L, "b", 3))).isZero();
    assertThat(READER.readAll("place", place)).containsEntry("items:a", "1").hasSize(4);
    assertThat(write(Results.of("items", place, 1_777_896_000_000_003L, "a", 4))).isEqualTo(1);
    assertThat(READER.read("place", place, "items:a")).containsEntry("items:a", 4.0);
  }

  @Test
  void entitiesAreKeptApart() {
    String key = Results.freshKey() + ":a\n\"}{ 😀";
    write(Results.of("g", key, 1, "a", 1), Results.of("g", key + ":", 1, "a", 2));
    assertThat(READER.read("place", key, "g:a")).containsEntry("g:a", 1.0);
    assertThat(READER.read("place", key + ":", "g:a")).containsEntry("g:a", 2.0);
    assertThat(READER.read("area", key, "g:a")).isEmpty();
  }

  @Test
  void theReaderKeepsTheAskedOrderAndLeavesAbsentOnesOut() {
    String place = Results.freshKey();
    write(Results.of("g", place, 1, "a", 1, "b", 0.1, "c", -1e22));
    assertThat(READER.read("place", place, "g:c", "g:nothing", "g:a", "h:a", "g:b"))
        .containsExactly(Map.entry("g:c", -1e22), Map.entry("g:a", 1.0), Map.entry("g:b", 0.1));
    assertThat(READER.read("place", Results.freshKey(), "g:a")).isEmpty();
    assertThat(READER.readAll("place", Results.freshKey())).isEmpty();
  }

  @Test
  void aTextIsStoredAsItsBytes() {
    String place = Results.freshKey();
    write(Results.of("g", place, 1, "latest", "日本 \"😀\"", "top_1", "[\"a\"]", "n", 0.5));
    assertThat(READER.readAll("place", place)).containsEntry("g:latest", "日本 \"😀\"");
    assertThat(READER.readTexts("place", place, "g:top_1", "g:nothing", "g:latest", "g:n"))
        .containsExactly(
            Map.entry("g:top_1", "[\"a\"]"),
            Map.entry("g:latest", "日本 \"😀\""),
            Map.entry("g:n", "0.5"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> READER.read("place", place, "g:n", "g:top_1"))
        .withMessage("g:top_1 is a text, '[\"a\"]': read it with readTexts()");
  }

  @Test
  void anIncompleteResultSaysSinceWhenItIsComplete() {
    String place = Results.freshKey();
    FeatureResult incomplete = Results.of("g", place, 1, "a", 1);
    write(Results.withCompleteSince(incomplete, OptionalLong.of(77)));
    assertThat(READER.readAll("place", place)).containsEntry("g:@complete_since", "77");
    write(Results.of("g", place, 2, "a", 1));
    assertThat(READER.readAll("place", place)).doesNotContainKey("g:@complete_since");
  }

  @Test
  void forgottenScriptsAreLoadedAgain() {
    String place = Results.freshKey();
    for (int version = 1; version < 4; version++) {
      assertThat(write(Results.of("g", place, version, "a", version))).isEqualTo(1);
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
      assertThat(broken.write(List.of()).stored()).isZero();
      assertThatExceptionOfType(FeatureStoreException.class)
          .isThrownBy(() -> broken.write(List.of(Results.of("g", "1", 1, "a", 1))))
          .withMessageContaining("127.0.0.1");
      assertThatExceptionOfType(FeatureStoreException.class)
          .isThrownBy(() -> reader.read("place", "1", "g:a"))
          .withMessageContaining("127.0.0.1");
    }
  }

  private static long millisToLive(String place) {
    return REDIS.ask(commands -> commands.pttl(("features:place:" + place).getBytes(UTF_8)));
  }

  private int write(FeatureResult... results) {
    return writer.write(List.of(results)).stored();
  }
}
