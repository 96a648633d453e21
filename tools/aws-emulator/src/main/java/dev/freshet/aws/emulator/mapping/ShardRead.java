package dev.freshet.aws.emulator.mapping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one read of a shard gave.
 *
 * @param records oldest first
 * @param caughtUpAt present if the shard holds nothing after these records that was put before this
 *     instant
 * @param ended whether the shard is closed and these are its last records
 */
public record ShardRead(List<ShardRecord> records, Optional<Instant> caughtUpAt, boolean ended) {

  public ShardRead {
    records = List.copyOf(records);
  }

  static ShardRead of(List<ShardRecord> records) {
    return new ShardRead(records, Optional.empty(), false);
  }

  static ShardRead atTip(Instant caughtUpAt) {
    return new ShardRead(List.of(), Optional.of(caughtUpAt), false);
  }

  static ShardRead atEnd() {
    return new ShardRead(List.of(), Optional.empty(), true);
  }
}
