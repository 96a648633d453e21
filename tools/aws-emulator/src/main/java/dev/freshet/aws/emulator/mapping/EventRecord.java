package dev.freshet.aws.emulator.mapping;

import java.time.Instant;

/** A record as an element of the event that a function is given. */
@SuppressWarnings("ArrayRecordComponent") // identity is the sequence number, never the bytes
record EventRecord(ShardRecord source, byte[] json) {

  String sequenceNumber() {
    return source.sequenceNumber();
  }

  Instant arrival() {
    return source.approximateArrival();
  }
}
