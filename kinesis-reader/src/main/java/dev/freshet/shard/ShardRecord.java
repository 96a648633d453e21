package dev.freshet.shard;

import java.math.BigInteger;
import java.time.Instant;

/**
 * One record of a shard.
 *
 * @param sequenceNumber decimal digits; greater for a later record of the shard
 * @param data the record's bytes; not copied, so never write to the array
 */
@SuppressWarnings("ArrayRecordComponent") // identity is the sequence number, never the bytes
public record ShardRecord(
    String sequenceNumber, String partitionKey, byte[] data, Instant approximateArrival) {

  /** Returns the sequence number as a number. */
  public BigInteger sequence() {
    return new BigInteger(sequenceNumber);
  }
}
