package dev.freshet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.state.KeyState;
import dev.freshet.state.PartitionRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests that the earliest change of each range is found. */
class NextChangesTest {

  @Test
  void theEarliestChangeOfARangeIsThatOfItsEntities() {
    Random random = new Random(7);
    NextChanges changes = new NextChanges();
    Map<String, Long> added = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      long millis = random.nextInt(4) == 0 ? KeyState.FOREVER : random.nextInt(1_000_000);
      added.put("entity" + i, millis);
      changes.add("entity" + i, millis);
    }
    assertThat(PartitionRange.every())
        .allSatisfy(
            range ->
                assertThat(changes.earliest(range))
                    .as("%s, seed 7", range)
                    .isEqualTo(
                        added.entrySet().stream()
                            .filter(entry -> range.contains(entry.getKey()))
                            .mapToLong(Map.Entry::getValue)
                            .filter(millis -> millis != KeyState.FOREVER)
                            .min()));
  }
}
