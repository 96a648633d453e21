package dev.freshet.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * One of several ranges of equal size into which the partitions of a feature group are divided. An
 * execution recalculates the entities of one range.
 *
 * @param index from 0
 * @param ranges the number of ranges: a power of two, at most {@link #MOST}
 */
public record PartitionRange(int index, int ranges) {

  /** The partitions of a group. Never change: the partition is part of every key. */
  public static final int PARTITIONS = 64;

  /** The largest number of ranges. */
  public static final int MOST = 16;

  /** The range of all partitions. */
  public static final PartitionRange ALL = new PartitionRange(0, 1);

  /** Rejects a number that does not divide the partitions, and an index that it has not. */
  public PartitionRange {
    requirePossible(ranges);
    if (index < 0 || index >= ranges) {
      throw new IllegalArgumentException("there is no range " + index + " of " + ranges);
    }
  }

  private static void requirePossible(int ranges) {
    if (ranges < 1 || ranges > MOST || PARTITIONS % ranges != 0) {
      throw new IllegalArgumentException(
          "the number of ranges must be 1, 2, 4, 8 or 16, not " + ranges);
    }
  }

  /** Returns all ranges of a number, in order. */
  public static List<PartitionRange> of(int ranges) {
    requirePossible(ranges);
    return IntStream.range(0, ranges).mapToObj(i -> new PartitionRange(i, ranges)).toList();
  }

  /** Returns all ranges of every number that is possible. */
  public static Stream<PartitionRange> every() {
    return IntStream.rangeClosed(1, MOST)
        .filter(ranges -> PARTITIONS % ranges == 0)
        .mapToObj(PartitionRange::of)
        .flatMap(List::stream);
  }

  /** Returns the partition of an entity. */
  public static int partition(String entity) {
    CRC32 crc = new CRC32();
    crc.update(entity.getBytes(UTF_8));
    return (int) (crc.getValue() % PARTITIONS);
  }

  /** Returns the partitions of this range. */
  public IntStream partitions() {
    int size = PARTITIONS / ranges;
    return IntStream.range(index * size, (index + 1) * size);
  }

  /** Returns whether an entity's partition is in this range. */
  public boolean contains(String entity) {
    return partition(entity) * ranges / PARTITIONS == index;
  }

  /**
   * Returns the partitions that are in both ranges: one of the two, as their numbers are powers of
   * two, or empty.
   */
  public Optional<PartitionRange> intersection(PartitionRange other) {
    if (ranges < other.ranges) {
      return other.intersection(this);
    }
    return Optional.of(this).filter(unused -> index * other.ranges / ranges == other.index);
  }

  /** Returns what sets the names of this range's lease and executions apart; empty if it is all. */
  public String suffix(String separator) {
    return ranges == 1 ? "" : separator + index + "of" + ranges;
  }
}
