package dev.freshet.shard;

/** The position of one reader in one shard. Not thread-safe. */
public interface ShardSource {

  /** Returns the records after those of the last read; none, after a short wait, at the tip. */
  ShardRead read() throws InterruptedException;

  /**
   * Reads only the records of one lane: all records of a partition key are in the same lane.
   *
   * @param lane from 0 to {@code lanes - 1}
   */
  default ShardSource ofLane(int lane, int lanes) {
    return () -> {
      ShardRead all = read();
      return new ShardRead(
          all.records().stream()
              .filter(r -> Math.floorMod(r.partitionKey().hashCode(), lanes) == lane)
              .toList(),
          all.caughtUpAt(),
          all.ended());
    };
  }
}
