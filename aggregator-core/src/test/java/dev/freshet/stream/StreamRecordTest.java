package dev.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class StreamRecordTest {

  @Test
  void theNamesOfAMappingAreTakenApart() {
    StreamRecord record =
        StreamRecord.ofMapping(
            "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
            "arn:aws:kinesis:eu-west-1:123456789012:stream/prod-item-created",
            "key",
            ByteBuffer.allocate(0));
    assertThat(record.stream()).isEqualTo("prod-item-created");
    assertThat(record.shardId()).isEqualTo("shardId-000000000006");
    assertThat(record.sequenceNumber())
        .isEqualTo("49590338271490256608559692538361571095921575989136588898");
  }
}
