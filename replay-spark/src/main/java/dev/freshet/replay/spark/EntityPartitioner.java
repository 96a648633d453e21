package dev.freshet.replay.spark;

import dev.freshet.replay.sort.KeyReader;
import java.util.zip.CRC32;
import org.apache.spark.Partitioner;

/** All steps of an entity, of all groups of its dimension, go to one partition. */
final class EntityPartitioner extends Partitioner {

  private final int partitions;

  EntityPartitioner(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  /** By the dimension and the entity, with which the bytes of a step begin. */
  @Override
  public int getPartition(Object step) {
    byte[] bytes = (byte[]) step;
    KeyReader in = new KeyReader(bytes);
    in.small();
    in.text();
    CRC32 hash = new CRC32();
    hash.update(bytes, 0, in.position());
    return (int) (hash.getValue() % partitions);
  }
}
