package dev.freshet.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.event.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

  private static final int KINESIS_LIMIT = 1024 * 1024;

  @Test
  void aDeadLetterIsWrittenAsTheContractSays() throws IOException {
    JsonNode json = json(letter("a \"quoted\"\nline 😀", ByteBuffer.wrap(new byte[] {1, 2, -1})));
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "reason",
            "detail",
            "featureGroup",
            "stream",
            "shardId",
            "sequenceNumber",
            "receivedAt",
            "payload");
    assertThat(json.get("reason").asText()).isEqualTo("WRONG_TYPE");
    assertThat(json.get("detail").asText()).isEqualTo("a \"quoted\"\nline 😀");
    assertThat(json.get("receivedAt").asLong()).isEqualTo(5);
    assertThat(json.get("payload").binaryValue()).containsExactly(1, 2, -1);
  }

  @Test
  void anEventOfSeveralInARecordHasItsPlace() throws IOException {
    ByteBuffer payload = ByteBuffer.wrap(new byte[] {1});
    DeadLetter letter =
        new DeadLetter(
            Reason.NOT_JSON, "d", List.of("g"), "s", "shard", "49", OptionalInt.of(2), 5, payload);
    assertThat(json(letter).get("subSequence").asInt()).isEqualTo(2);
    assertThat(json(letter("d", payload)).has("subSequence")).isFalse();
  }

  @Test
  void thePayloadIsReadFromPositionToLimitAndNotMoved() throws IOException {
    ByteBuffer payload = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2).asReadOnlyBuffer();
    assertThat(json(letter("d", payload)).get("payload").binaryValue()).containsExactly(1, 2);
    assertThat(payload.position()).isEqualTo(1);
  }

  @Test
  void aPayloadOf700KiBIsKeptWholeAndALargerOneCut() throws IOException {
    byte[] large = new byte[KINESIS_LIMIT];
    new Random(1).nextBytes(large);
    JsonNode whole = json(letter("d", ByteBuffer.wrap(large, 0, 700 * 1024)));
    assertThat(whole.get("payload").binaryValue()).isEqualTo(Arrays.copyOf(large, 700 * 1024));
    assertThat(whole.get("detail").asText()).isEqualTo("d");
    JsonNode cut = json(letter("d", ByteBuffer.wrap(large)));
    assertThat(cut.get("payload").binaryValue()).isEqualTo(Arrays.copyOf(large, 700 * 1024));
    assertThat(cut.get("detail").asText()).isEqualTo("d; 1048576 bytes, payload cut to its start");
  }

  @Test
  void theLargestDeadLetterFitsIntoAKinesisRecord() {
    byte[] json = letter("\0".repeat(500), ByteBuffer.allocate(KINESIS_LIMIT)).toJson();
    assertThat(json).hasSizeLessThan(KINESIS_LIMIT - 1_024);
  }

  private static DeadLetter letter(String detail, ByteBuffer payload) {
    return new DeadLetter(
        Reason.WRONG_TYPE,
        detail,
        List.of("g"),
        "s",
        "shardId-1",
        "49",
        OptionalInt.empty(),
        5,
        payload);
  }

  private static JsonNode json(DeadLetter letter) throws IOException {
    return new ObjectMapper().readTree(letter.toJson());
  }
}
