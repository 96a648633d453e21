package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestRedisCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results in Feast's format: its own examples, and what a real Redis holds, read as it reads. */
@Tag("containers")
@Tag("verify")
class FeastFormatTest {

  private static final long COMPUTED_AT = 1_790_000_000_123L;
  private static final Duration TTL = Duration.ofDays(90);
  private static final Redis REDIS = TestRedis.shared();
  private static final FeastFormat FORMAT = new FeastFormat("feature_repo", Set.of("driver_id"));

  private final FeatureStoreWriter writer =
      new FeatureStoreWriter(REDIS, TTL, FORMAT, Metrics.NONE);

  @Test
  void theKeyOfAnEntityIsThatOfFeast() {
    assertThat(hex(FORMAT.key(result("g", "driver_id", "1002", 1))))
        .isEqualTo(
            "0100000002000000090000006472697665725f6964"
                + "0400000008000000ea03000000000000"
                + "666561747572655f7265706f");
    assertThat(hex(FORMAT.key(result("g", "table", "1002", 1))))
        .as("an id is a text unless its entity has integers")
        .isEqualTo(
            "0100000002000000"
                + "050000007461626c65"
                + "020000000400000031303032"
                + "666561747572655f7265706f");
    assertThat(hex(FORMAT.key(result("g", "driver_id", "x7", 1))))
        .as("what is no integer stays a text")
        .contains("02000000020000007837");
  }

  @ParameterizedTest
  @ValueSource(strings = {"007", "+7", "-0", "9223372036854775808", "7"})
  void everyIdHasAKeyOfItsOwn(String id) {
    assertThat(FeastFormat.id(FORMAT.key(result("g", "driver_id", id, 1)))).contains(id);
  }

  @ParameterizedTest
  @CsvSource({"driver_hourly_stats:conv_rate, 6160e3da", "driver_hourly_stats:acc_rate, fa5e58ad"})
  void theFieldOfAFeatureIsItsHash(String name, String field) {
    assertThat(hex(FeastBytes.field(name))).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({"'',0", "a,3c2569b2", "abc,b3dd93fa", "hello world,5e928f0f"})
  void hashesOfEveryLengthAreThoseOfMurmurHash3(String text, String bigEndian) {
    byte[] field = FeastBytes.field(text);
    String expected = "0".repeat(8 - bigEndian.length()) + bigEndian;
    assertThat(hex(new byte[] {field[3], field[2], field[1], field[0]})).isEqualTo(expected);
  }

  @Test
  void valuesAreMessages() {
    assertThat(hex(FeastBytes.value(new FeatureValue("f", 0.5)))).isEqualTo("29000000000000e03f");
    assertThat(hex(FeastBytes.value(new FeatureValue("f", 0)))).isEqualTo("290000000000000000");
    assertThat(hex(FeastBytes.value(new FeatureValue("f", Double.NaN, "é")))).isEqualTo("1202c3a9");
    assertThat(hex(FeastBytes.timestamp(1_999))).isEqualTo("0801");
    assertThat(hex(FeastBytes.timestamp(300_000))).isEqualTo("08ac02");
  }

  @Test
  void aFeastClientReadsWhatIsStored() throws IOException {
    String driver = Seating.freshId();
    String longText = "x".repeat(300);
    write(
        result("stats", "driver", driver, 1, number("conv_rate", 0.25), text("town", longText)),
        result("other", "driver", driver, 1, number("conv_rate", 7)));

    assertThat(online("stats", driver, "conv_rate", "town", "absent"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("_ts", COMPUTED_AT / 1_000, "conv_rate", 0.25, "town", longText));
    assertThat(online("other", driver, "conv_rate")).containsEntry("conv_rate", 7.0);
    assertThat(REDIS.<Long>ask(commands -> commands.pttl(key(driver))))
        .isBetween(TTL.toMillis() - 60_000, TTL.toMillis());
  }

  @Test
  void aWriteReplacesTheGroupAndNeverGoesBack() throws IOException {
    String driver = Seating.freshId();
    write(
        result("stats", "driver", driver, 2, number("a", 1), number("b", 2)),
        result("other", "driver", driver, 2, number("a", 9)));

    assertThat(write(result("stats", "driver", driver, 2, number("a", 5)))).isZero();
    assertThat(write(result("stats", "driver", driver, 1, number("a", 5)))).isZero();
    assertThat(online("stats", driver, "a", "b")).containsEntry("a", 1.0).containsEntry("b", 2.0);

    assertThat(write(result("stats", "driver", driver, 3, number("b", 3), number("c", 4))))
        .isEqualTo(1);
    assertThat(online("stats", driver, "a", "b", "c"))
        .doesNotContainKey("a")
        .containsEntry("b", 3.0)
        .containsEntry("c", 4.0);
    assertThat(online("other", driver, "a")).containsEntry("a", 9.0);
  }

  @Test
  void theNewestOfManyResultsStaysInWhateverOrderTheyCome() throws IOException {
    long seed = System.nanoTime();
    List<FeatureResult> results = new ArrayList<>();
    List<String> drivers = IntStream.range(0, 50).mapToObj(i -> Seating.freshId()).toList();
    for (int version = 1; version <= 5; version++) {
      for (String driver : drivers) {
        results.add(result("stats", "driver", driver, version, number("a" + version % 2, version)));
      }
    }
    Collections.shuffle(results, new Random(seed));
    writer.write(results);
    for (String driver : drivers) {
      assertThat(online("stats", driver, "a0", "a1"))
          .as("seed %d", seed)
          .doesNotContainKey("a0")
          .containsEntry("a1", 5.0);
    }
  }

  @Test
  void anArchivedEntityLivesAsLongAsOthersAsNoClientFindsItsHistory() {
    String driver = Seating.freshId();
    FeatureResult result = result("stats", "driver", driver, 1, number("a", 1));
    writer.write(
        List.of(
            new FeatureResult(
                result.featureGroup(),
                result.dimension(),
                result.key(),
                1,
                COMPUTED_AT,
                COMPUTED_AT,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Trigger.EVENT,
                result.features(),
                List.of(),
                true)));
    assertThat(REDIS.<Long>ask(commands -> commands.pttl(key(driver))))
        .isGreaterThan(TTL.toMillis() - 60_000);
  }

  @Test
  void entitiesOfAllMastersAreStored() throws IOException {
    try (TestRedisCluster cluster = new TestRedisCluster();
        Redis redis = cluster.connect()) {
      List<FeatureResult> results =
          IntStream.range(0, 60)
              .mapToObj(i -> result("stats", "driver", "d" + i, 1, number("a", i)))
              .toList();
      FeatureStoreWriter inCluster = new FeatureStoreWriter(redis, TTL, FORMAT, Metrics.NONE);
      assertThat(inCluster.write(results).stored()).isEqualTo(60);
      assertThat(inCluster.write(results).stored()).isZero();
    }
  }

  private int write(FeatureResult... results) {
    return writer.write(List.of(results)).stored();
  }

  private static byte[] key(String driver) {
    return FORMAT.key(result("", "driver", driver, 1));
  }

  /** Reads as Feast's client does: the hashes of the names, and the time of the view. */
  private static Map<String, Object> online(String view, String driver, String... features)
      throws IOException {
    Map<String, Object> found = new HashMap<>();
    byte[] time = field(driver, ("_ts:" + view).getBytes(UTF_8));
    CodedInputStream timestamp = CodedInputStream.newInstance(time);
    assertThat(timestamp.readTag() >>> 3).isEqualTo(1);
    found.put("_ts", timestamp.readInt64());
    for (String feature : features) {
      byte[] value = field(driver, FeastBytes.field(view + ":" + feature));
      if (value != null) {
        CodedInputStream in = CodedInputStream.newInstance(value);
        found.put(feature, in.readTag() >>> 3 == 2 ? in.readString() : (Object) in.readDouble());
        assertThat(in.isAtEnd()).isTrue();
      }
    }
    return found;
  }

  private static byte[] field(String driver, byte[] field) {
    return REDIS.ask(commands -> commands.hget(key(driver), field));
  }

  private static FeatureValue number(String name, double value) {
    return new FeatureValue(name, value);
  }

  private static FeatureValue text(String name, String value) {
    return new FeatureValue(name, Double.NaN, value);
  }

  private static FeatureResult result(
      String group, String dimension, String id, long version, FeatureValue... features) {
    return new FeatureResult(
        group,
        dimension,
        id,
        version,
        COMPUTED_AT,
        COMPUTED_AT,
        OptionalLong.empty(),
        Trigger.EVENT,
        List.of(features));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
