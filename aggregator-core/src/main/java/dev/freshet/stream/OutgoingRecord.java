package dev.freshet.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A record to put into a stream. */
public record OutgoingRecord(String partitionKey, byte[] data) {

  /** The longest partition key of Kinesis, in characters. */
  private static final int LONGEST_KEY = 256;

  /** The largest record of Kinesis, in bytes, partition key included. */
  private static final int LARGEST = 1 << 20;

  /** Cuts a partition key too long for Kinesis; equal keys still share a shard. */
  public OutgoingRecord {
    if (partitionKey.length() > LONGEST_KEY) {
      int end = Character.isHighSurrogate(partitionKey.charAt(LONGEST_KEY - 1)) ? 1 : 0;
      partitionKey = partitionKey.substring(0, LONGEST_KEY - end);
    }
  }

  /** Returns whether the record is within the limits of Kinesis. */
  public boolean fits() {
    return size() <= LARGEST || data.length + partitionKey.getBytes(UTF_8).length <= LARGEST;
  }

  /**
   * Returns an upper estimate, in bytes, of what Kinesis counts against the limits of a request.
   */
  public int size() {
    return partitionKey.length() * 3 + data.length;
  }
}
