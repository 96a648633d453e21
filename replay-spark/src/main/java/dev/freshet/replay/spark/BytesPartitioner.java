package dev.freshet.replay.spark;

import dev.freshet.replay.Answers;
import dev.freshet.replay.EntityWalk;
import java.io.Serializable;
import org.apache.spark.Partitioner;

/** Assigns steps or rows, which are bytes, to partitions. */
final class BytesPartitioner extends Partitioner {

  private interface Assignment extends Serializable {
    long partitionOf(byte[] bytes);
  }

  private final int partitions;
  private final Assignment assignment;

  private BytesPartitioner(int partitions, Assignment assignment) {
    this.partitions = partitions;
    this.assignment = assignment;
  }

  /** Assigns all steps of an entity, of all groups of its dimension, to one partition. */
  static BytesPartitioner byEntity(int partitions) {
    return new BytesPartitioner(partitions, step -> EntityWalk.partition(step, partitions));
  }

  /** Assigns ranges of rows of equal size, so that the partitions are in the spine's order. */
  static BytesPartitioner byRow(long rows, int partitions) {
    long rowsPerPartition = Math.max(1, (rows + partitions - 1) / partitions);
    return new BytesPartitioner(partitions, row -> Answers.row(row) / rowsPerPartition);
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object bytes) {
    return (int) assignment.partitionOf((byte[]) bytes);
  }
}
