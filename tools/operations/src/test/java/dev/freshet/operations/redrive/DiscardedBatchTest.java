package dev.freshet.operations.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents about discarded batches, in every wrapping that a person has them in. */
class DiscardedBatchTest {

  private static final String DOCUMENT =
      """
      {"requestContext":{"condition":"RetryAttemptsExhausted"},"version":"1.0",
       "timestamp":"2026-05-04T12:00:00.123Z","KinesisBatchInfo":{
       "shardId":"shardId-000000000001","startSequenceNumber":"49590338271490256608559692538361571095",
       "endSequenceNumber":"49590338271490256608559692538361571099","batchSize":3,
       "streamArn":"arn:aws:kinesis:eu-west-1:123456789012:stream/prod-item-created"}}
      """;

  @Test
  void documentsOneAfterAnotherAreRead() throws IOException {
    List<DiscardedBatch> batches = read(DOCUMENT + DOCUMENT.replace("\n", "") + "\n\n");
    assertThat(batches).hasSize(2);
    assertThat(batches.get(0))
        .isEqualTo(batches.get(1))
        .isEqualTo(
            new DiscardedBatch(
                "prod-item-created",
                "shardId-000000000001",
                new BigInteger("49590338271490256608559692538361571095"),
                new BigInteger("49590338271490256608559692538361571099"),
                3,
                Instant.parse("2026-05-04T12:00:00.123Z")));
  }

  @Test
  void soAreMessagesOfAQueue() throws IOException {
    String body = new ObjectMapper().writeValueAsString(DOCUMENT);
    String message = "{\"MessageId\":\"m\",\"Body\":" + body + "}";
    assertThat(read(message)).isEqualTo(read(DOCUMENT));
    assertThat(read("{\"Messages\":[" + message + "," + message + "]}")).hasSize(2);
    assertThat(read("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "7", "{\"KinesisBatchInfo\":{}}", "{\"Body\":\"{}\"}", "{", "x"})
  void anythingElseIsRefused(String text) {
    assertThatIOException()
        .isThrownBy(() -> read(text))
        .withMessageMatching("document 1 .*|not JSON.*");
  }

  private static List<DiscardedBatch> read(String text) throws IOException {
    return DiscardedBatch.readAll(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
