package dev.freshet.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.testing.Frugality;
import dev.freshet.testing.Mutations;
import dev.freshet.testing.SlowJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests mutated result records: each is read like by a slow reader, with valid names and keys, or
 * gives an {@link IOException}. {@code -Dfreshet.seed=N} runs one input alone.
 */
class ResultFuzzTest {

  private static final Map<String, String> VALID = new LinkedHashMap<>();

  static {
    VALID.put("featureGroup", "\"place_items\"");
    VALID.put("dimension", "\"place\"");
    VALID.put("key", "\"45\"");
    VALID.put("version", "1777896000000123");
    VALID.put("computedAt", "1777896000000");
    VALID.put("eventTime", "1777895999000");
    VALID.put("validUntil", "null");
    VALID.put("trigger", "\"event\"");
    VALID.put("features", "{\"unpicked\":2,\"mean\":0.1,\"slope\":-1E-7}");
  }

  private int results;

  @Test
  void mutatedResultsAreReadLikeByTheSlowReader() {
    Long seed = Long.getLong("freshet.seed");
    run(seed == null ? 1 : seed, seed == null ? 10_000 : 1);
  }

  /** Runs other inputs each night. */
  @Test
  @Tag("nightly")
  void halfAMillionMoreInputs() {
    run(LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000_000, 500_000);
  }

  private void run(long first, int inputs) {
    long start = System.nanoTime();
    for (long seed = first; seed < first + inputs; seed++) {
      check(seed, new Mutations(seed).of(VALID));
    }
    System.out.printf(
        "%,d harmed results, seeds from %d: %,d still valid, %d ms%n",
        inputs, first, results, Duration.ofNanos(System.nanoTime() - start).toMillis());
    assertThat(results).isGreaterThanOrEqualTo(inputs / 10);
  }

  private void check(long seed, byte[] data) {
    String what =
        "seed %d, %s".formatted(seed, new String(data, 0, Math.min(data.length, 2_000), UTF_8));
    try {
      Optional<FeatureResult> read = Frugality.run(data.length, () -> read(data));
      results += read.isPresent() ? 1 : 0;
      read.ifPresent(result -> compare(result, SlowJson.read(data), what));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(what, e);
    }
  }

  private static Optional<FeatureResult> read(byte[] data) {
    try {
      return Optional.of(ResultReader.read(ByteBuffer.wrap(data)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void compare(FeatureResult result, Optional<JsonNode> found, String what) {
    assertThat(found).as(what).isPresent();
    JsonNode json = found.get();
    assertThat(result.featureGroup()).as(what).isEqualTo(json.get("featureGroup").textValue());
    assertThat(result.dimension()).as(what).isEqualTo(json.get("dimension").textValue());
    assertThat(result.key()).as(what).isEqualTo(json.get("key").textValue());
    assertThat(result.trigger().text()).as(what).isEqualTo(json.get("trigger").textValue());
    assertThat(result.version()).as(what).isEqualTo(json.get("version").longValue());
    assertThat(result.computedAt()).as(what).isEqualTo(json.get("computedAt").longValue());
    assertThat(result.eventTime()).as(what).isEqualTo(json.get("eventTime").longValue());
    JsonNode until = json.path("validUntil");
    assertThat(result.validUntil())
        .as(what)
        .isEqualTo(until.isNumber() ? OptionalLong.of(until.longValue()) : OptionalLong.empty());
    assertThat(features(result)).as(what).isEqualTo(features(json.get("features")));
    checkNames(result, what);
  }

  /**
   * Checks that no name contains a separator of keys and fields, and that every id can be encoded.
   */
  private static void checkNames(FeatureResult result, String what) {
    assertThat(result.featureGroup()).as(what).matches("[a-z0-9_]+");
    assertThat(result.dimension()).as(what).matches("[a-z0-9_]+");
    assertThat(features(result).keySet()).as(what).allMatch(name -> name.matches("[a-z0-9_]+"));
    assertThat(result.key()).as(what).isNotEmpty();
    assertThat(new String(result.key().getBytes(UTF_8), UTF_8)).as(what).isEqualTo(result.key());
  }

  private static Map<String, Double> features(FeatureResult result) {
    Map<String, Double> features = new HashMap<>();
    for (FeatureValue feature : result.features()) {
      features.put(feature.name(), feature.value());
    }
    return features;
  }

  private static Map<String, Double> features(JsonNode json) {
    Map<String, Double> features = new HashMap<>();
    json.properties().forEach(each -> features.put(each.getKey(), each.getValue().doubleValue()));
    return features;
  }
}
