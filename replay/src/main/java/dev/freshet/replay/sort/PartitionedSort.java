package dev.freshet.replay.sort;

import dev.freshet.replay.sort.ExternalSort.Order;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Byte strings in partitions, each of which is sorted by itself. All of them share one memory: when
 * it is full, the largest partition goes to disk.
 *
 * <p>Several threads may fill it, each with a {@link Writer} of its own, and then read different
 * partitions.
 */
public final class PartitionedSort implements Closeable {

  private static final int BLOCK_BYTES = 1 << 14;

  private final List<ExternalSort> partitions = new ArrayList<>();
  private final long memoryBytes;
  private final AtomicLong heldBytes = new AtomicLong();

  /**
   * @param folder an existing folder for the temporary files; others may use it too
   * @param memoryBytes how much to hold before a partition is written; at least 1
   */
  public PartitionedSort(Path folder, int partitions, long memoryBytes, Order order) {
    this.memoryBytes = memoryBytes;
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new ExternalSort(folder, Long.MAX_VALUE, order));
    }
  }

  /** Returns the number of partitions. */
  public int partitions() {
    return partitions.size();
  }

  /** Returns the partitions, those of most records first. */
  public int[] largestFirst() {
    return IntStream.range(0, partitions.size())
        .boxed()
        .sorted(Comparator.comparingLong((Integer i) -> partitions.get(i).size()).reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns the number of records added. */
  public long size() {
    return partitions.stream().mapToLong(ExternalSort::size).sum();
  }

  /** Returns how many temporary files were written. */
  int spills() {
    return partitions.stream().mapToInt(ExternalSort::spills).sum();
  }

  /**
   * Returns the records of a partition in order, and frees their memory when they were read. Call
   * it once for each, after all writers are closed.
   */
  public Iterator<byte[]> sorted(int partition) throws IOException {
    heldBytes.addAndGet(-partitions.get(partition).heldBytes());
    return partitions.get(partition).sorted();
  }

  /** Adds records for one thread; they are there when it is closed. */
  public final class Writer implements Closeable {

    private final Block[] blocks = new Block[partitions.size()];

    /** Adds a record; its bytes are copied. */
    public void add(int partition, byte[] record) throws IOException {
      if (blocks[partition] == null || !blocks[partition].add(record)) {
        flush(partition);
        blocks[partition] = new Block(BLOCK_BYTES, record);
      }
    }

    private void flush(int partition) throws IOException {
      if (blocks[partition] != null) {
        hold(partition, blocks[partition].trimmed());
        blocks[partition] = null;
      }
    }

    @Override
    public void close() throws IOException {
      for (int i = 0; i < blocks.length; i++) {
        flush(i);
      }
    }
  }

  private void hold(int partition, Block block) throws IOException {
    ExternalSort into = partitions.get(partition);
    synchronized (into) {
      into.hold(block);
    }
    if (heldBytes.addAndGet(block.bytes().length) > memoryBytes) {
      spillLargest();
    }
  }

  private void spillLargest() throws IOException {
    ExternalSort largest = partitions.get(0);
    for (ExternalSort each : partitions) {
      largest = each.heldBytes() > largest.heldBytes() ? each : largest;
    }
    synchronized (largest) {
      heldBytes.addAndGet(-largest.heldBytes());
      largest.spill();
    }
  }

  @Override
  public void close() throws IOException {
    for (ExternalSort each : partitions) {
      each.close();
    }
  }
}
