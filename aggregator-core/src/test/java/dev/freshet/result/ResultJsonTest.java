package dev.freshet.result;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.result.FeatureResult.FeatureValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultJsonTest {

  private static final String LEAST =
      "{\"featureGroup\":\"g\",\"dimension\":\"place\",\"key\":\"45\",\"version\":3,"
          + "\"computedAt\":1,\"eventTime\":2,\"trigger\":\"event\",\"features\":{}}";

  @Test
  void aResultIsWrittenAsTheContractSays() throws IOException {
    String json = new String(ResultJson.write(result("45", OptionalLong.of(9))), UTF_8);
    assertThat(json)
        .isEqualTo(
            "{\"featureGroup\":\"place_items\",\"dimension\":\"place\",\"key\":\"45\","
                + "\"version\":1777896000000123,\"computedAt\":1777896000000,"
                + "\"eventTime\":1777895999000,\"validUntil\":9,\"trigger\":\"event\","
                + "\"features\":{\"unpicked\":2,\"mean\":0.1,\"slope\":-1e-7},\"absent\":[\"variance\"]}");
    assertThat(new ObjectMapper().readTree(json).get("features").get("slope").asDouble())
        .isEqualTo(-1e-7);
  }

  @Test
  void aTextIsAJsonString() throws IOException {
    FeatureResult result =
        new FeatureResult(
            "payments",
            "card",
            "7",
            1,
            2,
            3,
            OptionalLong.empty(),
            OptionalLong.of(4),
            Trigger.EVENT,
            List.of(
                new FeatureValue("country", Double.NaN, "IT"),
                new FeatureValue("top_2", Double.NaN, "[\"a \\\"b\\\"\",\"日本😀\"]"),
                new FeatureValue("seven", Double.NaN, "7")),
            null,
            true);
    String json = new String(ResultJson.write(result), UTF_8);
    assertThat(json)
        .contains("\"completeSince\":4,")
        .contains("\"archived\":true,")
        .contains("\"country\":\"IT\"")
        .contains("\"seven\":\"7\"");
    assertThat(read(json)).isEqualTo(result);
    assertThat(new ObjectMapper().readTree(json).get("features").get("top_2").asText())
        .isEqualTo("[\"a \\\"b\\\"\",\"日本😀\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"45", "\"", "\\", "a\"b\\c", "\n\0\u001f", "日本", "😀", "\u2028", "</", " "})
  void aResultIsReadAsItWasWritten(String key) throws IOException {
    for (OptionalLong until : List.of(OptionalLong.empty(), OptionalLong.of(-1))) {
      FeatureResult result = result(key, until);
      assertThat(ResultReader.read(ByteBuffer.wrap(ResultJson.write(result)))).isEqualTo(result);
    }
  }

  @Test
  void randomValuesAreReadAsTheyWereWritten() throws IOException {
    long seed = 4;
    Random random = new Random(seed);
    for (int step = 0; step < 2_000; step++) {
      List<FeatureValue> features = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        double value = Double.longBitsToDouble(random.nextLong());
        features.add(new FeatureValue("f" + i, Double.isFinite(value) ? value : i));
      }
      FeatureResult result =
          new FeatureResult(
              "g",
              "d",
              "k",
              random.nextLong(),
              random.nextLong(),
              random.nextLong(),
              OptionalLong.of(random.nextLong()),
              random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()),
              Trigger.RECALCULATION,
              features,
              random.nextBoolean() ? List.of() : List.of("x", "y_2"),
              random.nextBoolean());
      assertThat(ResultReader.read(ByteBuffer.wrap(ResultJson.write(result))))
          .as("seed %d, step %d", seed, step)
          .isEqualTo(result);
    }
  }

  @Test
  void anUnknownMemberIsIgnoredAndAnAbsentEndMeansNone() throws IOException {
    String json = LEAST.replace("{\"featureGroup", "{\"new\":{\"key\":[1]},\"featureGroup");
    FeatureResult result = read(json);
    assertThat(result.key()).isEqualTo("45");
    assertThat(result.validUntil()).isEmpty();
    assertThat(read(LEAST.replace("\"trigger\"", "\"validUntil\":null,\"trigger\"")).validUntil())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "featureGroup",
        "dimension",
        "key",
        "version",
        "computedAt",
        "eventTime",
        "trigger",
        "features"
      })
  void aResultWithoutAMemberIsRejected(String member) {
    rejected(LEAST.replace("\"" + member + "\"", "\"other\""));
    rejected(LEAST.replaceFirst("\"" + member + "\":[^,]*?([,}])", "\"" + member + "\":null$1"));
    rejected(LEAST.replaceFirst("\"" + member + "\":[^,]*?([,}])", "\"" + member + "\":true$1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "null",
        "{",
        "{}",
        "{} {}",
        "{\"features\":[]}",
        "{\"version\":1.5}",
        "{\"version\":99999999999999999999}",
        "{\"features\":{\"a\":\"1\"}}",
        "{\"features\":{\"a\":1e999}}",
        "{\"features\":{\"a\":null}}"
      })
  void whatIsNoResultIsRejected(String text) {
    rejected(text);
  }

  @Test
  void garbageIsRejectedAndNothingElseIsThrown() {
    rejected(LEAST + "x");
    rejected(LEAST + LEAST);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ResultReader.read(ByteBuffer.wrap(LEAST.getBytes(UTF_16BE))));
    long seed = 17;
    Random random = new Random(seed);
    for (int step = 0; step < 20_000; step++) {
      byte[] bytes = LEAST.getBytes(UTF_8);
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        ResultReader.read(ByteBuffer.wrap(bytes));
      } catch (IOException e) {
        assertThat(e).hasMessageMatching("(?s).+");
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + step, e);
      }
    }
  }

  private static void rejected(String text) {
    assertThatExceptionOfType(IOException.class).as(text).isThrownBy(() -> read(text));
  }

  private static FeatureResult read(String text) throws IOException {
    return ResultReader.read(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private static FeatureResult result(String key, OptionalLong validUntil) {
    return new FeatureResult(
        "place_items",
        "place",
        key,
        1_777_896_000_000_123L,
        1_777_896_000_000L,
        1_777_895_999_000L,
        validUntil,
        OptionalLong.empty(),
        Trigger.EVENT,
        List.of(
            new FeatureValue("unpicked", 2),
            new FeatureValue("mean", 0.1),
            new FeatureValue("slope", -1e-7)),
        List.of("variance"),
        false);
  }
}
