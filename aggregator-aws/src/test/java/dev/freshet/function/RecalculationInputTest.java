package dev.freshet.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.state.PartitionRange;
import dev.freshet.stepfunctions.WakeUp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests what the recalculation reads from the state machine. */
class RecalculationInputTest {

  private static final WakeUp LAST =
      new WakeUp("g", new PartitionRange(2, 4), "17", "g-2of4-17", "2026-09-21T12:00:00Z", 5, true);

  @Test
  void anExecutionGoesOnWithTheLastAnswer() {
    assertThat(RecalculationHandler.wakeUp(answerIn("g-2of4-17"))).isEqualTo(LAST);
  }

  @Test
  void anExecutionThatContinuesAnotherHasItsOwnNameAndCountsItsOwnLaps() {
    assertThat(RecalculationHandler.wakeUp(answerIn("a0f1")))
        .isEqualTo(new WakeUp("g", LAST.range(), "17", "a0f1", "2026-09-21T12:00:00Z", 0, true));
  }

  @Test
  void anExecutionFromBeforeThereWereRangesRecalculatesAllPartitions() {
    Map<String, Object> input = answerIn("g-2of4-17");
    input.keySet().removeAll(List.of("range", "ranges", "Name"));
    WakeUp read = RecalculationHandler.wakeUp(input);
    assertThat(read.range()).isEqualTo(PartitionRange.ALL);
    assertThat(read.execution()).isEqualTo("g-2of4-17");
    assertThat(read.laps()).isEqualTo(5);
  }

  @Test
  void theSuccessorOfSuchAnExecutionHasNoNameInItsInput() {
    Map<String, Object> input = answerIn("a0f1");
    input.keySet().removeAll(List.of("range", "ranges", "execution"));
    assertThat(RecalculationHandler.wakeUp(input).execution()).isEqualTo("a0f1");
  }

  /** The last answer, merged with what the state machine says of the execution. */
  private static Map<String, Object> answerIn(String execution) {
    Map<String, Object> input = new HashMap<>(RecalculationHandler.answer(LAST));
    input.put("Name", execution);
    return input;
  }
}
