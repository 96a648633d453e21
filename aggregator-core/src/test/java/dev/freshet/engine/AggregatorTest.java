package dev.freshet.engine;

import static dev.freshet.testing.EventJson.delivery;
import static dev.freshet.testing.EventJson.event;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testing.EventJson;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.Packing;
import dev.freshet.testing.TestGroups;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Tests what the records of a batch count as, its results and its dead letters. */
class AggregatorTest {

  private static final OptionalInt ALL_DONE = OptionalInt.empty();

  private final FeatureGroup group = TestGroups.lastValues(3);
  private final FakeSink results = new FakeSink();
  private final FakeSink deadLetters = new FakeSink();
  private final Aggregator aggregator =
      TestAggregator.of(group, new InMemoryStateStore(group), results, deadLetters);

  @Test
  void aLastEventOlderThanTheTimeToLiveIsLate() {
    long oldest = NOON - Duration.ofDays(90).toMillis();
    BatchReport report =
        aggregator.process(
            List.of(
                delivery("a", oldest - 1, "7", 10).record("1"),
                delivery("b", oldest, "8", 60).record("2")));
    assertThat(report).isEqualTo(new BatchReport(2, 2, 1, 0, 1, 0, 0, 0, 1, 0, 0, ALL_DONE));
    assertThat(results.records())
        .extracting(record -> record.partitionKey())
        .containsExactly("worker:8");
  }

  @Test
  void aBatchIsFoldedIntoOneResultAKey() throws IOException {
    BatchReport report =
        aggregator.process(
            List.of(
                delivery("a", NOON, "7", 10).record("1"),
                delivery("b", NOON, "8", 60).record("2"),
                delivery("c", NOON + 1, "7", 20).record("3")));
    assertThat(report).isEqualTo(new BatchReport(3, 3, 3, 0, 0, 0, 0, 0, 2, 0, 0, ALL_DONE));
    assertThat(results.records())
        .extracting(record -> record.partitionKey())
        .containsExactly("worker:7");
    assertThat(results.results()).extracting(FeatureResult::key).containsExactly("7", "8");
    FeatureResult seven = result(0);
    assertThat(seven.featureGroup()).isEqualTo(group.name());
    assertThat(seven.dimension()).isEqualTo("worker");
    assertThat(seven.key()).isEqualTo("7");
    assertThat(seven.computedAt()).isEqualTo(NOON);
    assertThat(seven.eventTime()).isEqualTo(NOON + 1);
    assertThat(seven.validUntil()).isEqualTo(OptionalLong.empty());
    assertThat(seven.features())
        .containsExactly(new FeatureValue("count", 2), new FeatureValue("mean", 15));
  }

  @Test
  void recordsAreCountedByOutcome() {
    aggregator.process(
        List.of(
            delivery("b", NOON + 1, "7", 1).record("1"),
            delivery("c", NOON + 2, "7", 1).record("2"),
            delivery("d", NOON + 3, "7", 1).record("3")));
    BatchReport report =
        aggregator.process(
            List.of(
                event("ITEM_CREATED", "x", NOON).record("4"),
                delivery("e", NOON, "7", 1).without("workerId").record("5"),
                delivery("a", NOON, "7", 1).record("6"),
                delivery("c", NOON + 2, "7", 1).record("7"),
                EventJson.record("8", "{}"),
                delivery("f", NOON + 9, "9", 1).record("9")));
    assertThat(report).isEqualTo(new BatchReport(6, 6, 1, 1, 1, 2, 1, 0, 2, 0, 0, ALL_DONE));
  }

  @Test
  void anEventOlderThanEveryWindowIsLateAndHasNoResult() {
    FeatureGroup demand = TestGroups.demand();
    Aggregator windows =
        TestAggregator.of(demand, new InMemoryStateStore(demand), results, deadLetters);
    StreamRecord late = created("a", NOON - HOUR).record("1");
    assertThat(windows.process(List.of(late)))
        .isEqualTo(new BatchReport(1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ALL_DONE));
    StreamRecord last = created("b", NOON - HOUR + 1).record("2");
    assertThat(windows.process(List.of(last)).applied()).isEqualTo(1);
  }

  @Test
  void aTimelineSaysHowLongItsResultIsValid() throws IOException {
    FeatureGroup demand = TestGroups.demand();
    TestAggregator.of(demand, new InMemoryStateStore(demand), results, deadLetters)
        .process(List.of(created("a", NOON).with("totalAmount", "0.1").record("1")));
    assertThat(result(0).validUntil()).isEqualTo(OptionalLong.of(NOON + 60_000));
    assertThat(result(0).features())
        .contains(new FeatureValue("amount_sum_60m", 0.1))
        .contains(new FeatureValue("created_60m", 1));
  }

  @Test
  void anInvalidRecordBecomesADeadLetterAndTheBatchGoesOn() throws IOException {
    BatchReport report =
        aggregator.process(
            List.of(
                EventJson.record("1", "not json ☃"),
                delivery("a", NOON, "7", 10).record("2"),
                delivery("b", NOON, "7", -1).record("3")));
    assertThat(report).isEqualTo(new BatchReport(3, 3, 1, 0, 0, 0, 2, 0, 1, 0, 0, ALL_DONE));
    JsonNode letter = letter(0);
    assertThat(letter.get("reason").asText()).isEqualTo("NOT_JSON");
    assertThat(letter.get("detail").asText()).isNotBlank();
    assertThat(letter.get("featureGroup").asText()).isEqualTo(group.name());
    assertThat(letter.get("stream").asText()).isEqualTo("item-delivered");
    assertThat(letter.get("shardId").asText()).isEqualTo("shardId-000000000003");
    assertThat(letter.get("sequenceNumber").asText()).isEqualTo("1");
    assertThat(letter.get("receivedAt").asLong()).isEqualTo(NOON);
    assertThat(new String(letter.get("payload").binaryValue(), UTF_8)).isEqualTo("not json ☃");
    assertThat(letter(1).get("reason").asText()).isEqualTo("NEGATIVE_DURATION");
    assertThat(deadLetters.records().get(1).partitionKey()).isEqualTo("item-of-3");
  }

  @Test
  void eachEventOfARecordIsJudgedByItself() throws IOException {
    String lines =
        delivery("a", NOON, "7", 10)
            + "\n\nnot json\n"
            + delivery("b", NOON, "7", 20)
            + "\n"
            + delivery("c", NOON, "8", -1)
            + "\n"
            + event("ITEM_CREATED", "x", NOON)
            + "\n"
            + delivery("a", NOON, "7", 10)
            + "\n";
    StreamRecord record = EventJson.record("1", lines);
    BatchReport report = aggregator.process(List.of(record));
    assertThat(report).isEqualTo(new BatchReport(1, 6, 2, 1, 0, 1, 2, 0, 1, 0, 0, ALL_DONE));
    assertThat(letter(0).get("reason").asText()).isEqualTo("NOT_JSON");
    assertThat(letter(0).get("subSequence").asInt(-1)).isEqualTo(1);
    assertThat(new String(letter(0).get("payload").binaryValue(), UTF_8)).isEqualTo("not json");
    assertThat(letter(1).get("subSequence").asInt(-1)).isEqualTo(3);
    assertThat(new String(letter(1).get("payload").binaryValue(), UTF_8))
        .isEqualTo(delivery("c", NOON, "8", -1).toString());
    assertThat(letter(1).get("sequenceNumber").asText()).isEqualTo("1");
    assertThat(deadLetters.records())
        .extracting(letter -> letter.partitionKey())
        .containsOnly(record.partitionKey());
  }

  @Test
  void aRecordThatCannotBeUnpackedIsOneDeadLetter() throws IOException {
    byte[] packed = Packing.kpl(Packing.gzip(delivery("a", NOON, "7", 10).bytes()));
    byte[] damaged = packed.clone();
    damaged[damaged.length - 1] ^= 1;
    BatchReport report =
        aggregator.process(
            List.of(
                new StreamRecord("s", "shard", "1", "k", ByteBuffer.wrap(damaged)),
                new StreamRecord("s", "shard", "2", "k", ByteBuffer.wrap(packed)),
                EventJson.record("3", "[]")));
    assertThat(report).isEqualTo(new BatchReport(3, 2, 1, 0, 0, 0, 1, 0, 1, 0, 0, ALL_DONE));
    assertThat(letter(0).get("reason").asText()).isEqualTo("UNREADABLE");
    assertThat(letter(0).get("detail").asText()).contains("checksum");
    assertThat(letter(0).has("subSequence")).isFalse();
    assertThat(letter(0).get("payload").binaryValue()).isEqualTo(damaged);
  }

  @Test
  void theVersionOfAKeyGrowsFromResultToResult() throws IOException {
    List<StreamRecord> batch = List.of(delivery("a", NOON, "7", 10).record("1"));
    for (int i = 0; i < 5; i++) {
      aggregator.process(batch);
    }
    for (int i = 1; i < 5; i++) {
      assertThat(result(i).version()).isGreaterThan(result(i - 1).version());
    }
  }

  private static EventJson created(String eventId, long atMillis) {
    return event("ITEM_CREATED", eventId, atMillis).with("areaCode", "34");
  }

  private FeatureResult result(int index) {
    return results.results().get(index);
  }

  private JsonNode letter(int index) throws IOException {
    return new ObjectMapper().readTree(deadLetters.records().get(index).data());
  }
}
