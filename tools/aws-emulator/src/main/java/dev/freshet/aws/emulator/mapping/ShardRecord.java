package dev.freshet.aws.emulator.mapping;

import java.math.BigInteger;
import java.time.Instant;

/**
 * One record of a shard.
 *
 * @param sequenceNumber decimal digits; greater for a later record of the shard
 * @param data the record's bytes; not copied, so nobody may write to them
 */
@SuppressWarnings("ArrayRecordComponent") // identity is the sequence number, never the bytes
public record ShardRecord(
    String sequenceNumber, String partitionKey, byte[] data, Instant approximateArrival) {

  BigInteger sequence() {
    return new BigInteger(sequenceNumber);
  }
}
