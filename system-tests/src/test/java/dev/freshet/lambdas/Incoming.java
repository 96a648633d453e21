package dev.freshet.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;

/** An event in both forms: for the function and for the oracle. */
record Incoming(long atMillis, StreamRecord record, OracleEvent event) {

  static Incoming of(Arrival arrival) {
    ByteBuffer data = ByteBuffer.wrap(arrival.json().getBytes(UTF_8));
    return new Incoming(
        arrival.atMillis(),
        new StreamRecord("orders", "shardId-0", "1", "key", data),
        OracleEvent.parse(arrival.json()));
  }
}
