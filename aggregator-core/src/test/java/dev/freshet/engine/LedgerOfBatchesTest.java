package dev.freshet.engine;

import static dev.freshet.testing.EventJson.delivery;
import static dev.freshet.testing.EventJson.event;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.ledger.Fate;
import dev.freshet.ledger.InMemoryLedger;
import dev.freshet.ledger.Ledger;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerEntry.Missing;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.ResultSink;
import dev.freshet.result.StreamResults;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testing.EventJson;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.TestGroups;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What an aggregator enters into its ledger: it adds up, unless something is lost on the way. */
class LedgerOfBatchesTest {

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOON), ZoneOffset.UTC);
  private static final String STREAM = "item-delivered";
  private static final String SHARD = "shardId-000000000003";

  private final FeatureGroup group = TestGroups.lastValues(3);
  private final InMemoryLedger kept = new InMemoryLedger();
  private final FakeSink results = new FakeSink();
  private final FakeSink letters = new FakeSink();
  private StateStore store = new InMemoryStateStore(group);
  private ResultSink sink = new StreamResults(results);

  @Test
  void eachEventOfEachShardEndsOnce() {
    process(
        delivery("a", NOON, "7", 10).record("1"),
        delivery("a", NOON, "7", 10).record("2"),
        event("ITEM_CREATED", "x", NOON).record("3"),
        inShard("9", delivery("b", NOON, "8", 10).record("4")),
        delivery("late", NOON - Duration.ofDays(91).toMillis(), "7", 1).record("5"),
        EventJson.record("6", "[]"),
        EventJson.record("7", "{}"),
        EventJson.record("8", several("c", "d")));

    LedgerLine line = line(SHARD);
    assertThat(sums().count(line, Fate.IN)).isEqualTo(7);
    assertThat(sums().count(line, Fate.APPLIED)).isEqualTo(3);
    assertThat(sums().count(line, Fate.DUPLICATE)).isEqualTo(1);
    assertThat(sums().count(line, Fate.LATE)).isEqualTo(1);
    assertThat(sums().count(line, Fate.SKIPPED)).isEqualTo(1);
    assertThat(sums().count(line, Fate.INVALID)).isEqualTo(1);
    assertThat(sums().count(line("9"), Fate.APPLIED)).isEqualTo(1);
    assertThat(sums().missing()).isEmpty();
  }

  @Test
  void aRecordLostBetweenTheHandlerAndTheParserIsMissing() {
    List<StreamRecord> records =
        List.of(delivery("a", NOON, "7", 10).record("1"), delivery("b", NOON, "8", 1).record("2"));
    LedgerEntry entry = new LedgerEntry();
    records.forEach(each -> entry.entersShard(each.stream(), each.shardId()));

    aggregator().process(records.subList(1, 2), entry);

    assertThat(sums().missing())
        .containsExactlyInAnyOrder(
            new Missing(line(SHARD), 1), new Missing(LedgerLine.records(STREAM, SHARD), 1));
    assertThat(step(entry)).isEqualTo("before they were parsed");
  }

  @Test
  void anEventLostWhileTheBatchIsParsedIsMissing() {
    Batch batch = new Batch(2);
    batch.beginRecord(2);
    batch.addSkipped();
    batch.beginRecord(1);
    batch.addInvalid();
    LedgerEntry entry = new LedgerEntry();
    List<StreamRecord> records =
        List.of(delivery("a", NOON, "7", 10).record("1"), delivery("b", NOON, "8", 1).record("2"));
    records.forEach(each -> entry.entersShard(each.stream(), each.shardId()));

    BatchEntry end = new BatchEntry(entry, records, BatchProgress.ALL_DONE);
    end.addRecords();
    end.addGroup(group.name(), new BatchProgress(batch), stream -> true);

    assertThat(entry.missing()).containsExactly(new Missing(line(SHARD), 1));
    assertThat(step(entry)).isEqualTo("while they were parsed");
  }

  @Test
  void anEventLostBetweenTheParserAndTheStateIsMissing() {
    StateStore whole = store;
    store = (changes, now, receiver) -> whole.apply(withoutOne(changes), now, receiver);

    LedgerEntry entry =
        process(delivery("a", NOON, "7", 10).record("1"), delivery("b", NOON, "7", 20).record("2"));

    assertThat(sums().missing()).containsExactly(new Missing(line(SHARD), 1));
    assertThat(step(entry)).isEqualTo("in the step of the state");
  }

  @Test
  void anEventThatCountsTwiceIsMissingTheOtherWayRound() {
    StateStore whole = store;
    store =
        (changes, now, receiver) -> {
          changes.get(0).events().add(changes.get(0).events().get(0));
          whole.apply(changes, now, receiver);
        };
    process(delivery("a", NOON, "7", 10).record("1"));
    assertThat(sums().missing()).containsExactly(new Missing(line(SHARD), -1));
  }

  @Test
  void aKeyThatGetsNoAnswerIsNotDone() {
    StateStore whole = store;
    store =
        (changes, now, receiver) ->
            whole.apply(changes, now, (i, state) -> receive(receiver, i, state));

    LedgerEntry entry =
        process(delivery("a", NOON, "7", 10).record("1"), delivery("b", NOON, "8", 20).record("2"));

    assertThat(entry.count(line(SHARD), Fate.UNFINISHED)).isEqualTo(2);
    assertThat(results.records()).isEmpty();
    assertThat(entry.missing()).isEmpty();
  }

  @Test
  void eventsThatComeAgainAreUnfinishedAndThenOfTheirFate() {
    List<StreamRecord> records =
        List.of(
            delivery("a", NOON, "7", 10).record("1"),
            delivery("b", NOON, "8", 20).record("2"),
            delivery("c", NOON, "7", 30).record("3"));
    sink = all -> refuseSecond(all.size());
    process(records.toArray(StreamRecord[]::new));

    assertThat(sums().count(line(SHARD), Fate.APPLIED)).isEqualTo(1);
    assertThat(sums().count(line(SHARD), Fate.UNFINISHED)).isEqualTo(2);
    assertThat(finished()).isEqualTo(1);

    sink = new StreamResults(results);
    process(records.subList(1, 3).toArray(StreamRecord[]::new));
    assertThat(sums().count(line(SHARD), Fate.IN)).isEqualTo(5);
    assertThat(sums().count(line(SHARD), Fate.DUPLICATE)).isEqualTo(2);
    assertThat(finished()).isEqualTo(3);
    assertThat(sums().missing()).isEmpty();
  }

  @RepeatedTest(50)
  void addsUpWhateverFails() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    StateStore whole = store;
    store =
        (changes, now, receiver) -> {
          if (random.nextInt(4) == 0) {
            throw new StateStoreException("before", null);
          }
          whole.apply(changes, now, receiver);
          if (random.nextInt(4) == 0) {
            throw new StateStoreException("after", null);
          }
        };
    sink =
        all -> {
          BitSet missing = new BitSet();
          all.forEach(each -> missing.set(missing.length(), random.nextInt(3) == 0));
          return missing;
        };
    letters.refuseIf(letter -> random.nextInt(3) == 0);
    List<StreamRecord> shard = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      shard.add(inShard(Integer.toString(random.nextInt(2)), any(random, i)));
    }
    Aggregator aggregator = aggregator();
    for (int done = 0; done < shard.size(); ) {
      int end = Math.min(shard.size(), done + 1 + random.nextInt(9));
      done += aggregator.process(shard.subList(done, end)).done();
    }
    assertThat(sums().missing()).as("seed %d", seed).isEmpty();
    assertThat(finished()).as("seed %d", seed).isEqualTo(60);
  }

  private static StreamRecord any(Random random, int i) {
    String id = "e" + random.nextInt(40);
    String worker = Integer.toString(random.nextInt(4));
    return switch (random.nextInt(5)) {
      case 0 -> EventJson.record(Integer.toString(i), "no json");
      case 1 -> event("ITEM_CREATED", id, NOON).record(Integer.toString(i));
      case 2 -> EventJson.record(Integer.toString(i), several(id, id + "'"));
      default -> delivery(id, NOON + random.nextInt(9), worker, 10).record(Integer.toString(i));
    };
  }

  private static String several(String first, String second) {
    return "[%s,%s]".formatted(delivery(first, NOON, "3", 1), delivery(second, NOON, "4", 1));
  }

  private static List<KeyEvents> withoutOne(List<KeyEvents> changes) {
    changes.get(0).events().remove(0);
    return changes;
  }

  private static void receive(StateStore.Receiver receiver, int index, KeyState state) {
    if (index != 1) {
      receiver.receive(index, state);
    }
  }

  private static BitSet refuseSecond(int results) {
    BitSet missing = new BitSet();
    missing.set(results - 1);
    return missing;
  }

  private LedgerEntry process(StreamRecord... records) {
    LedgerEntry entry = new LedgerEntry();
    List.of(records).forEach(each -> entry.entersShard(each.stream(), each.shardId()));
    var unused = aggregator().process(List.of(records), entry);
    return entry;
  }

  private Aggregator aggregator() {
    return new Aggregator(
        List.of(new AggregatedGroup(group, store, unused -> {}, Metrics.NONE)),
        sink,
        letters,
        Duration.ofDays(90),
        CLOCK,
        new Ledger("f", kept, line -> Metrics.NONE));
  }

  private LedgerEntry sums() {
    return kept.sums().get("f");
  }

  private long finished() {
    long[] done = new long[1];
    sums()
        .forEach(
            (line, counts) -> done[0] += line.isOfRecords() ? sums().count(line, Fate.DONE) : 0);
    return done[0];
  }

  private LedgerLine line(String shard) {
    return new LedgerLine(STREAM, shard, group.name());
  }

  private String step(LedgerEntry entry) {
    return entry.step(line(SHARD));
  }

  private static StreamRecord inShard(String shard, StreamRecord record) {
    return new StreamRecord(
        STREAM, shard, record.sequenceNumber(), record.partitionKey(), record.data());
  }
}
