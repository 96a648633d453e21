package dev.freshet.engine;

import static dev.freshet.testing.EventJson.delivery;
import static dev.freshet.testing.EventJson.event;
import static dev.freshet.testing.TestEvents.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testing.EventJson;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.TestGroups;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Tests which records of a batch come again after a fault. */
class RetriedBatchesTest {

  private static final OptionalInt ALL_DONE = OptionalInt.empty();

  private static final StateStore BROKEN =
      (changes, now, receiver) -> {
        throw new StateStoreException("away", null);
      };

  private final FeatureGroup group = TestGroups.lastValues(3);
  private final FakeSink results = new FakeSink();
  private final FakeSink deadLetters = new FakeSink();
  private final StateStore store = new InMemoryStateStore(group);
  private final Aggregator aggregator = TestAggregator.of(group, store, results, deadLetters);

  @Test
  void aResultThatIsNotAcknowledgedIsRetriedFromItsFirstRecord() {
    List<StreamRecord> batch = new ArrayList<>();
    batch.add(delivery("first", NOON, "0", 1).record("first"));
    for (int i = 0; i < 300; i++) {
      batch.add(delivery("e" + i, NOON, "" + i, 1).record("" + i));
    }
    List<Integer> sizes = new ArrayList<>();
    results.refuseIf(record -> sizes.add(resultsIn(record)) && sizes.size() == 2);
    BatchReport report = aggregator.process(batch);
    assertThat(sizes).as("results of each record").hasSizeGreaterThan(2);
    assertThat(report.firstUnfinished())
        .as("the first two are of one key")
        .hasValue(1 + sizes.get(0));
    assertThat(report.results()).isEqualTo(300 - sizes.get(1));
  }

  @Test
  void aDeadLetterThatIsNotAcknowledgedIsRetriedFromItsRecord() {
    deadLetters.refuse("item-of-2");
    results.refuse("worker:9");
    BatchReport report =
        aggregator.process(
            List.of(
                EventJson.record("1", "?"),
                EventJson.record("2", "?"),
                delivery("c", NOON, "9", 1).record("3"),
                EventJson.record("4", "?")));
    assertThat(report.firstUnfinished()).hasValue(1);
    assertThat(results.records()).isEmpty();
  }

  @Test
  void resultsArePublishedBeforeDeadLettersEvenIfTheseAreRefused() {
    List<String> order = new ArrayList<>();
    RecordSink refusing =
        letters -> {
          order.add("letters");
          BitSet missing = new BitSet();
          missing.set(0, letters.size());
          return missing;
        };
    RecordSink taking =
        records -> {
          order.add("results");
          return results.put(records);
        };
    Aggregator held = TestAggregator.of(group, store, taking, refusing);
    List<StreamRecord> batch =
        List.of(
            delivery("a", NOON, "7", 1).record("1"),
            EventJson.record("2", "?"),
            delivery("b", NOON, "8", 1).record("3"),
            EventJson.record("4", "?"));

    BatchReport report = held.process(batch);

    assertThat(order).containsExactly("results", "letters");
    assertThat(results.results()).extracting(FeatureResult::key).containsExactly("7", "8");
    assertThat(report.firstUnfinished()).as("the first record that is not safe").hasValue(1);
    BatchReport again = aggregator.process(batch.subList(1, 4));
    assertThat(again.applied()).as("what was counted").isZero();
    assertThat(again.firstUnfinished()).isEmpty();
    assertThat(deadLetters.records()).hasSize(2);
  }

  @Test
  void aBrokenStoreRetriesFromTheFirstEventAndPublishesNothing() {
    Aggregator failing = TestAggregator.of(group, BROKEN, results, deadLetters);
    BatchReport report =
        failing.process(
            List.of(
                event("ITEM_CREATED", "x", NOON).record("1"),
                EventJson.record("2", "?"),
                delivery("a", NOON, "7", 1).record("3"),
                delivery("b", NOON, "8", 1).record("4")));
    assertThat(report)
        .isEqualTo(new BatchReport(4, 4, 0, 0, 0, 1, 1, 2, 0, 0, 0, OptionalInt.of(2)));
    assertThat(deadLetters.records()).hasSize(1);
    assertThat(results.records()).isEmpty();
  }

  @Test
  void aBatchWithoutEventsDoesNotTouchTheStore() {
    Aggregator failing = TestAggregator.of(group, BROKEN, results, deadLetters);
    assertThat(failing.process(List.of(EventJson.record("2", "?"))).firstUnfinished()).isEmpty();
    assertThat(failing.process(List.of()))
        .isEqualTo(new BatchReport(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ALL_DONE));
  }

  @Test
  void aReplayAfterACrashBetweenStoringAndPublishingLosesNothing() throws IOException {
    List<StreamRecord> batch =
        List.of(delivery("a", NOON, "7", 10).record("1"), delivery("b", NOON, "8", 60).record("2"));
    results.refuse("worker:7", "worker:8");
    assertThat(aggregator.process(batch).firstUnfinished()).hasValue(0);
    results.refuse();
    BatchReport replayed = aggregator.process(batch);
    assertThat(replayed).isEqualTo(new BatchReport(2, 2, 0, 2, 0, 0, 0, 0, 2, 0, 0, ALL_DONE));
    assertThat(results.results().get(0).features())
        .containsExactly(new FeatureValue("count", 1), new FeatureValue("mean", 10));
  }

  @Test
  void aRecordOfSeveralEventsIsDeliveredAgainAsAWhole() {
    String two = "[" + delivery("a", NOON, "7", 1) + "," + delivery("b", NOON, "8", 1) + "]";
    String three = "[" + delivery("c", NOON, "9", 1) + "," + two.substring(1);
    List<StreamRecord> batch =
        List.of(
            EventJson.record("1", two),
            EventJson.record("2", three),
            delivery("d", NOON, "7", 1).record("3"));
    results.refuse("worker:7");
    BatchReport report = aggregator.process(batch);
    assertThat(report.firstUnfinished()).hasValue(0);
    assertThat(report.done()).isZero();
    assertThat(report.received()).isEqualTo(6);
    assertThat(report.unfinished()).as("events of all records").isEqualTo(6);
    results.refuse();
    BatchReport again = aggregator.process(batch);
    assertThat(again.firstUnfinished()).isEmpty();
    assertThat(again.duplicates()).isEqualTo(6);
  }

  @Test
  void aRefusedDeadLetterInsideARecordBringsTheRecordBack() {
    deadLetters.refuse("item-of-2");
    BatchReport report =
        aggregator.process(
            List.of(
                delivery("a", NOON, "7", 1).record("1"),
                EventJson.record("2", "[" + delivery("b", NOON, "7", 1) + ",{}]")));
    assertThat(report.firstUnfinished()).hasValue(1);
    assertThat(report.unfinished()).isEqualTo(2);
  }

  private static int resultsIn(OutgoingRecord record) {
    return new String(record.data(), UTF_8).split("\n").length;
  }
}
