package dev.freshet.benchmarks.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;

/**
 * A record of an order stream.
 *
 * @param harmed whether it is no valid event, so that every function that reads it buries it
 */
record SoakEvent(String type, SoakOrder order, String json, boolean harmed) {

  StreamRecord record() {
    return new StreamRecord(
        type, "shardId-0", "1", order.id(), ByteBuffer.wrap(json.getBytes(UTF_8)));
  }
}
