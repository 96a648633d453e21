package dev.freshet.aws.emulator.mapping;

/**
 * The part of a shard that one of a mapping's concurrent batches takes: all records of a partition
 * key are in one lane.
 */
final class LaneSource implements ShardSource {

  private final ShardSource shard;
  private final int lane;
  private final int lanes;

  LaneSource(ShardSource shard, int lane, int lanes) {
    this.shard = shard;
    this.lane = lane;
    this.lanes = lanes;
  }

  @Override
  public ShardRead read() throws InterruptedException {
    ShardRead all = shard.read();
    return new ShardRead(
        all.records().stream().filter(this::isMine).toList(), all.caughtUpAt(), all.ended());
  }

  private boolean isMine(ShardRecord record) {
    return Math.floorMod(record.partitionKey().hashCode(), lanes) == lane;
  }
}
