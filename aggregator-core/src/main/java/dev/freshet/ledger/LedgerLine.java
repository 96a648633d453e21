package dev.freshet.ledger;

import java.time.Duration;

/**
 * One subject of the ledger of a function, whose counts must add up.
 *
 * @param stream the stream of the records, or one of the names of this class
 * @param shard the shard of the records; for results, the hour in which they were computed, as
 *     hours since 1970
 * @param group the feature group; empty for records, {@link #EVERY_GROUP} for results of any group
 */
public record LedgerLine(String stream, String shard, String group) {

  /** The results that a function computed, of a group and an hour. */
  public static final String RESULTS = "@results";

  /** The results that reached the feature store's writer, or are known to need no write. */
  public static final String ARRIVED = "@arrived";

  /** The results of batches on their way to the writer of the feature store. */
  public static final LedgerLine BATCHES = new LedgerLine("@batches", "", "");

  /** The results that the writer of the feature store was handed. */
  public static final LedgerLine STORE = new LedgerLine("@store", "", "");

  public static final String EVERY_GROUP = "*";

  private static final String DUE = "@due";
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  /** Returns the line of all records of a shard. */
  public static LedgerLine records(String stream, String shard) {
    return new LedgerLine(stream, shard, "");
  }

  /** Returns the same line of a feature group. */
  public LedgerLine of(String featureGroup) {
    return new LedgerLine(stream, shard, featureGroup);
  }

  /** Returns the line of the keys of a group that a recalculation found due. */
  public static LedgerLine due(String featureGroup) {
    return new LedgerLine(DUE, "", featureGroup);
  }

  /** Returns the number of an hour. */
  public static long hourOf(long millis) {
    return Math.floorDiv(millis, HOUR_MILLIS);
  }

  /** Returns whether the line counts records of a stream. */
  public boolean isOfRecords() {
    return group.isEmpty() && isOfStream();
  }

  /** Returns whether the line is of a stream, not of a step. */
  public boolean isOfStream() {
    return !stream.startsWith("@");
  }

  /** Returns whether the line counts results by the hour. */
  public boolean isOfHour() {
    return stream.equals(RESULTS) || stream.equals(ARRIVED);
  }

  /** Returns whether the counts of the line must add up. */
  boolean isBalanced() {
    return !stream.equals(ARRIVED);
  }
}
