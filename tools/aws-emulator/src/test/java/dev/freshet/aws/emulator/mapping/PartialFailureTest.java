package dev.freshet.aws.emulator.mapping;

import static dev.freshet.aws.emulator.mapping.Mappings.mapping;
import static dev.freshet.aws.emulator.mapping.ScriptedFunction.ALL_DONE;
import static dev.freshet.aws.emulator.mapping.ScriptedFunction.answering;
import static dev.freshet.aws.emulator.mapping.ScriptedFunction.reporting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.shard.Records;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartialFailureTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "{}", "{\"batchItemFailures\":null}", "{\"batchItemFailures\":[]}"})
  void anAnswerWithoutFailuresMeansThatAllIsDone(String answer) throws Exception {
    ScriptedFunction function = answering(answer);
    MappingDriver driver = new MappingDriver(mapping().build(), function);

    driver.process(Records.upTo(3));

    assertThat(function.calls).containsExactly(List.of(1, 2, 3));
    assertThat(driver.counters.recordsDone()).isEqualTo(3);
    assertThat(driver.counters.recordsDiscarded()).isEqualTo(0);
  }

  @Test
  void theBatchIsReplayedFromTheLowestReportedRecord() throws Exception {
    ScriptedFunction function = answering(reporting(4, 3, 5));
    MappingDriver driver = new MappingDriver(mapping().build(), function);

    driver.process(Records.upTo(5));

    assertThat(function.calls).containsExactly(List.of(1, 2, 3, 4, 5), List.of(3, 4, 5));
    assertThat(driver.counters.recordsDone()).isEqualTo(5);
    assertThat(driver.counters.recordsDiscarded()).isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"sequenceNumber\":\"1\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"49590000000000000000000099\"}]}",
        "{\"batchItemFailures\":\"all\"}",
        "[]",
        "{\"batchItemFai"
      })
  void anItemThatIsNotOfTheBatchMeansThatNothingIsDone(String answer) throws Exception {
    ScriptedFunction function = answering(answer);

    new MappingDriver(mapping().build(), function).process(Records.upTo(3));

    assertThat(function.calls).containsExactly(List.of(1, 2, 3), List.of(1, 2, 3));
  }

  @Test
  void oneUnknownItemAmongKnownOnesMeansThatNothingIsDone() throws Exception {
    ScriptedFunction function = answering(reporting(2, 9));

    new MappingDriver(mapping().build(), function).process(Records.upTo(3));

    assertThat(function.calls).containsExactly(List.of(1, 2, 3), List.of(1, 2, 3));
  }

  @Test
  void theAnswerIsNotReadUnlessTheMappingSaysSo() throws Exception {
    ScriptedFunction function = answering(reporting(2));

    new MappingDriver(mapping().build(false), function).process(Records.upTo(3));

    assertThat(function.calls).hasSize(1);
  }

  @Test
  void progressIsNoRetry() throws Exception {
    ScriptedFunction function = answering(reporting(2), reporting(3), ALL_DONE);
    MappingDriver driver = new MappingDriver(mapping().retrying(0).build(), function);

    driver.process(Records.upTo(3));

    assertThat(function.calls).containsExactly(List.of(1, 2, 3), List.of(2, 3), List.of(3));
    assertThat(driver.discarded).isEmpty();
  }

  @Test
  void aBatchThatGetsOnDoesNotWaitLongerAndLonger() throws Exception {
    ScriptedFunction function =
        answering(reporting(2), reporting(2), reporting(2), reporting(3), reporting(3));
    MappingDriver driver = new MappingDriver(mapping().build(), function);

    driver.process(Records.upTo(3));

    assertThat(driver.time.sleeps)
        .extracting(Duration::toMillis)
        .containsExactly(100L, 100L, 200L, 100L, 100L);
  }

  @Test
  void withoutBisectingThePoisonTakesTheRecordsAfterItAlong() throws Exception {
    ScriptedFunction function =
        new ScriptedFunction(batch -> batch.contains(2) ? reporting(2) : ALL_DONE);
    MappingDriver driver = new MappingDriver(mapping().retrying(1).build(), function);

    driver.process(Records.upTo(3));

    assertThat(function.calls).containsExactly(List.of(1, 2, 3), List.of(2, 3), List.of(2, 3));
    assertThat(driver.discarded.get(0))
        .contains("\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\"}");
    assertThat(driver.counters.recordsDiscarded()).isEqualTo(2);
  }

  @Test
  void bisectingIsolatesThePoisonThatIsReported() throws Exception {
    ScriptedFunction function =
        new ScriptedFunction(batch -> batch.contains(2) ? reporting(2) : ALL_DONE);
    MappingDriver driver = new MappingDriver(mapping().bisecting().retrying(1).build(), function);

    driver.process(Records.upTo(3));

    assertThat(function.calls)
        .containsExactly(List.of(1, 2, 3), List.of(2, 3), List.of(2), List.of(2), List.of(3));
    assertThat(driver.counters.recordsDiscarded()).isEqualTo(1);
  }
}
