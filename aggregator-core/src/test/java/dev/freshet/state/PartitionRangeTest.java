package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the division of partitions into ranges. */
class PartitionRangeTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void eachPartitionIsInTheRangeThatItsNumberSays(int ranges) {
    for (PartitionRange range : PartitionRange.of(ranges)) {
      assertThat(range.partitions().boxed())
          .isEqualTo(
              IntStream.range(0, 64)
                  .filter(partition -> partition * ranges / 64 == range.index())
                  .boxed()
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void anEntityIsInTheRangeOfItsPartitionAlone(int ranges) {
    for (int i = 0; i < 1_000; i++) {
      String entity = "entity" + i;
      List<PartitionRange> in =
          PartitionRange.of(ranges).stream().filter(range -> range.contains(entity)).toList();
      assertThat(in).hasSize(1);
      assertThat(in.get(0).partitions()).contains(PartitionRange.partition(entity));
    }
  }

  @Test
  void twoRangesHaveTheSmallerOneInCommonOrNothing() {
    List<PartitionRange> every = PartitionRange.every().toList();
    assertThat(every).hasSize(1 + 2 + 4 + 8 + 16);
    for (PartitionRange one : every) {
      for (PartitionRange other : every) {
        Set<Integer> common = new HashSet<>(partitions(one));
        common.retainAll(partitions(other));
        assertThat(one.intersection(other).map(PartitionRangeTest::partitions).orElse(Set.of()))
            .as("%s and %s", one, other)
            .isEqualTo(common);
      }
    }
  }

  private static Set<Integer> partitions(PartitionRange range) {
    return range.partitions().boxed().collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(ints = {-4, 0, 3, 6, 32, 64})
  void anotherNumberIsRejected(int ranges) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PartitionRange.of(ranges))
        .withMessage("the number of ranges must be 1, 2, 4, 8 or 16, not " + ranges);
  }

  @Test
  void anIndexThatTheNumberHasNotIsRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartitionRange(4, 4))
        .withMessage("there is no range 4 of 4");
  }
}
