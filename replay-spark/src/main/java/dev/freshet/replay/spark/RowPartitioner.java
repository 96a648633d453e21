package dev.freshet.replay.spark;

import dev.freshet.replay.Answers;
import org.apache.spark.Partitioner;

/** Ranges of rows of equal size: partition after partition they are in the spine's order. */
final class RowPartitioner extends Partitioner {

  private final long rowsPerPartition;
  private final int partitions;

  RowPartitioner(long rows, int partitions) {
    this.rowsPerPartition = Math.max(1, (rows + partitions - 1) / partitions);
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object row) {
    return (int) (Answers.row((byte[]) row) / rowsPerPartition);
  }
}
