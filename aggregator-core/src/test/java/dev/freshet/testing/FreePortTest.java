package dev.freshet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {

  @Test
  void aPortIsNotFoundTwiceBeforeItIsUsed() {
    List<Integer> ports = IntStream.range(0, 2_000).mapToObj(i -> FreePort.find()).toList();
    for (int from = 0; from <= ports.size() - 100; from++) {
      assertThat(ports.subList(from, from + 100)).doesNotHaveDuplicates();
    }
  }
}
