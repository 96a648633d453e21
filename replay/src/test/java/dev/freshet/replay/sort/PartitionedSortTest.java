package dev.freshet.replay.sort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.replay.sort.ExternalSort.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionedSortTest {

  private static final int PARTITIONS = 5;

  @TempDir private Path folder;

  @Test
  void eachPartitionIsInOrderHoweverMuchIsSpilled() throws IOException {
    List<byte[]> records = records(new Random(11), 30_000);
    for (Order order : Order.values()) {
      for (long memory : new long[] {1, 300_000, 1L << 30}) {
        try (PartitionedSort sort = new PartitionedSort(folder, PARTITIONS, memory, order)) {
          fill(sort, records);
          assertThat(sort.size()).isEqualTo(records.size());
          assertThat(sort.spills() > 0).as("spilled").isEqualTo(memory < 1L << 30);
          assertThat(sort.largestFirst()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
          for (int i = 0; i < PARTITIONS; i++) {
            List<byte[]> expected = of(records, i);
            List<byte[]> found = new ArrayList<>();
            sort.sorted(i).forEachRemaining(found::add);
            expected.sort(Arrays::compareUnsigned);
            if (order == Order.NONE) {
              found.sort(Arrays::compareUnsigned);
            }
            assertThat(found.toArray(byte[][]::new))
                .as("%s in %d bytes, partition %d", order, memory, i)
                .isDeepEqualTo(expected.toArray(byte[][]::new));
          }
        }
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).as("nothing is left").isEmpty();
    }
  }

  /** Returns records of some hundred keys, some the start of another, in no order. */
  private static List<byte[]> records(Random random, int count) {
    String[] texts = {"", "a", "a\0", "a\0b", "ab", "é", "\1"};
    KeyWriter out = new KeyWriter();
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = texts[random.nextInt(texts.length)] + random.nextInt(40);
      records.add(out.small(random.nextInt(2)).text(key).number(random.nextLong()).take());
    }
    return records;
  }

  private static void fill(PartitionedSort sort, List<byte[]> records) throws IOException {
    try (PartitionedSort.Writer one = sort.new Writer();
        PartitionedSort.Writer other = sort.new Writer()) {
      for (int i = 0; i < records.size(); i++) {
        (i % 3 == 0 ? one : other).add(partition(records.get(i)), records.get(i));
      }
    }
  }

  private static int partition(byte[] record) {
    return record[record.length - 1] == 0 ? 0 : Math.floorMod(record[1], PARTITIONS);
  }

  private static List<byte[]> of(List<byte[]> records, int partition) {
    return new ArrayList<>(
        records.stream().filter(record -> partition(record) == partition).toList());
  }
}
