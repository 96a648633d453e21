package dev.freshet.kinesis;

/** A record to put. */
public record OutgoingRecord(String partitionKey, byte[] data) {

  /** The longest partition key of Kinesis, in characters. */
  private static final int LONGEST_KEY = 256;

  /** A partition key too long for Kinesis is cut: equal keys still share a shard. */
  public OutgoingRecord {
    if (partitionKey.length() > LONGEST_KEY) {
      int end = Character.isHighSurrogate(partitionKey.charAt(LONGEST_KEY - 1)) ? 1 : 0;
      partitionKey = partitionKey.substring(0, LONGEST_KEY - end);
    }
  }

  /** What Kinesis counts against the limits of a request. */
  int size() {
    return partitionKey.length() * 3 + data.length;
  }
}
