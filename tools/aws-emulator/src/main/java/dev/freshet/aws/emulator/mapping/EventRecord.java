package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.stream.ShardRecord;
import java.time.Instant;

/** A record, and its JSON in the event that a function gets. */
@SuppressWarnings("ArrayRecordComponent") // identity is the sequence number, never the bytes
record EventRecord(ShardRecord source, byte[] json) {

  String sequenceNumber() {
    return source.sequenceNumber();
  }

  Instant arrival() {
    return source.approximateArrival();
  }
}
