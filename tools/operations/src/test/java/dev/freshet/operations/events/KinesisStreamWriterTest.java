package dev.freshet.operations.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

class KinesisStreamWriterTest {

  @Test
  void putsRecordsIntoThePrefixedStreamAndTellsWhichWereRefused() {
    OneCall kinesis = new OneCall();
    List<Optional<String>> refusals =
        new KinesisStreamWriter(kinesis, "prod-")
            .write("order-created", List.of(event("a"), event("b")));

    assertThat(refusals).containsExactly(Optional.empty(), Optional.of("InternalFailure: oh"));
    assertThat(kinesis.request.streamName()).isEqualTo("prod-order-created");
    assertThat(kinesis.request.records())
        .extracting(record -> record.partitionKey() + " " + record.data().asUtf8String())
        .containsExactly("a {a}", "b {b}");
  }

  private static OutgoingEvent event(String key) {
    byte[] json = ("{" + key + "}").getBytes(StandardCharsets.UTF_8);
    return new OutgoingEvent("order-created", key, json, Optional.empty());
  }

  /** Takes the first record of a call and refuses the second. */
  private static final class OneCall implements KinesisClient {

    private PutRecordsRequest request;

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
      this.request = request;
      return PutRecordsResponse.builder()
          .failedRecordCount(1)
          .records(
              PutRecordsResultEntry.builder().sequenceNumber("1").shardId("s").build(),
              PutRecordsResultEntry.builder()
                  .errorCode("InternalFailure")
                  .errorMessage("oh")
                  .build())
          .build();
    }

    @Override
    public String serviceName() {
      return "kinesis";
    }

    @Override
    public void close() {}
  }
}
