package dev.freshet.shard;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of one read of a shard.
 *
 * @param records oldest first
 * @param caughtUpAt present if the shard holds no further record that was put before this instant
 * @param ended whether the shard is closed and these are its last records
 */
public record ShardRead(List<ShardRecord> records, Optional<Instant> caughtUpAt, boolean ended) {

  public ShardRead {
    records = List.copyOf(records);
  }

  public static ShardRead of(List<ShardRecord> records) {
    return new ShardRead(records, Optional.empty(), false);
  }

  public static ShardRead atTip(Instant caughtUpAt) {
    return new ShardRead(List.of(), Optional.of(caughtUpAt), false);
  }

  public static ShardRead atEnd() {
    return new ShardRead(List.of(), Optional.empty(), true);
  }
}
