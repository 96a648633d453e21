package dev.freshet.operations.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PutBatchesTest {

  @Test
  void callHoldsAtMostFiveHundredRecords() {
    List<OutgoingEvent> events = new ArrayList<>();
    for (int i = 0; i < 1_001; i++) {
      events.add(event("k" + i, 10));
    }
    assertThat(PutBatches.of(events)).extracting(List::size).containsExactly(500, 500, 1);
  }

  @Test
  void callHoldsAtMostFourAndAHalfMebibytesWithItsKeys() {
    int half = 9 << 18;
    assertThat(PutBatches.of(List.of(event("aa", half - 2), event("bb", half - 2)))).hasSize(1);
    assertThat(PutBatches.of(List.of(event("aa", half - 2), event("bb", half - 1)))).hasSize(2);
  }

  @Test
  void callHoldsNoKeyTwice() {
    List<OutgoingEvent> events =
        List.of(event("a", 1), event("b", 1), event("a", 1), event("c", 1), event("a", 1));
    assertThat(PutBatches.of(events)).extracting(List::size).containsExactly(2, 2, 1);
  }

  @Test
  void nothingIsLostOrReordered() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<OutgoingEvent> events = new ArrayList<>();
      for (int i = random.nextInt(2_000); i > 0; i--) {
        events.add(event("k" + random.nextInt(1_000), random.nextInt(20_000)));
      }
      assertThat(PutBatches.of(events).stream().flatMap(List::stream).toList())
          .as("seed %d", seed)
          .isEqualTo(events);
    }
  }

  private static OutgoingEvent event(String key, int bytes) {
    return new OutgoingEvent("item-created", key, new byte[bytes], Optional.empty());
  }
}
