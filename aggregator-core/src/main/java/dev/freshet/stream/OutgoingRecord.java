package dev.freshet.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A record to put. */
public record OutgoingRecord(String partitionKey, byte[] data) {

  /** The longest partition key of Kinesis, in characters. */
  private static final int LONGEST_KEY = 256;

  /** The largest record of Kinesis, in bytes; its partition key is counted in. */
  private static final int LARGEST = 1 << 20;

  /** A partition key too long for Kinesis is cut: equal keys still share a shard. */
  public OutgoingRecord {
    if (partitionKey.length() > LONGEST_KEY) {
      int end = Character.isHighSurrogate(partitionKey.charAt(LONGEST_KEY - 1)) ? 1 : 0;
      partitionKey = partitionKey.substring(0, LONGEST_KEY - end);
    }
  }

  /** Whether Kinesis takes such a record at all. */
  public boolean fits() {
    return size() <= LARGEST || data.length + partitionKey.getBytes(UTF_8).length <= LARGEST;
  }

  /** What Kinesis counts against the limits of a request, or a little more. */
  public int size() {
    return partitionKey.length() * 3 + data.length;
  }
}
