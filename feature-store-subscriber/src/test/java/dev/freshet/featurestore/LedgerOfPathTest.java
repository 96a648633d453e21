package dev.freshet.featurestore;

import static dev.freshet.testing.EventJson.event;
import static dev.freshet.testing.EventJson.quoted;
import static dev.freshet.testing.TestEvents.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.AggregatedGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.Recalculator;
import dev.freshet.featurestore.client.DirectResults;
import dev.freshet.ledger.Fate;
import dev.freshet.ledger.InMemoryLedger;
import dev.freshet.ledger.Ledger;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerEntry.Missing;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.ledger.LedgerReport;
import dev.freshet.ledger.LedgerSums;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultSink;
import dev.freshet.result.StreamResults;
import dev.freshet.state.Archive;
import dev.freshet.state.InMemoryDueKeys;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ledgers of a function, a recalculation and the subscriber, with something lost between. */
@Tag("verify")
class LedgerOfPathTest {

  private static final LedgerLine ARRIVING =
      new LedgerLine("feature-results", "shardId-1", LedgerLine.EVERY_GROUP);

  private final FeatureGroup group = TestGroups.demand();
  private final InMemoryDueKeys state = new InMemoryDueKeys(group, new InMemoryStateStore(group));
  private final HandClock clock = new HandClock(NOON);
  private final Redis redis = TestRedis.connect();
  private final InMemoryLedger ledgers = new InMemoryLedger();
  private final Map<String, Ledger> byFunction = new HashMap<>();
  private final FakeSink stream = new FakeSink();
  private final String run = Results.freshKey();
  private ResultSink published = new StreamResults(stream);
  private ResultSink stored = Results.stored(redis, clock);
  private int next;

  @AfterEach
  void close() {
    redis.close();
  }

  @Test
  void whatIsPublishedIsStoredOrStaleOrInFlight() {
    aggregate("a", "b", "a");
    aggregate("a");
    assertThat(report(false).results().inFlight()).isEqualTo(3);

    subscribe(records());

    LedgerReport report = report(true);
    assertThat(report.missing()).isZero();
    assertThat(report.results()).isEqualTo(new LedgerReport.Results(3, 2, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void aResultLostOnItsWayToTheStreamIsMissing() {
    published = results -> new StreamResults(stream).put(results.subList(1, results.size()));
    aggregate("a", "b");
    subscribe(records());
    assertThat(report(false).results().inFlight()).isEqualTo(1);
    assertThat(report(true).results().missing()).isEqualTo(1);
  }

  @Test
  void aRecordLostBetweenTheStreamAndTheSubscriberIsMissing() {
    aggregate("a");
    aggregate("b");
    subscribe(records().subList(0, 1));
    assertThat(report(true).results().missing()).isEqualTo(1);
  }

  @Test
  void aRecordThatTheSubscriberWasHandedAndNeverReadIsMissing() {
    aggregate("a");
    aggregate("b");
    List<StreamRecord> records = records();
    LedgerEntry entry = new LedgerEntry();
    records.forEach(each -> entry.entersShard(each.stream(), each.shardId()));
    subscriber().process(records.subList(0, 1), entry);

    assertThat(entry.missing())
        .contains(
            new Missing(ARRIVING, 1),
            new Missing(LedgerLine.records("feature-results", "shardId-1"), 1));
    assertThat(report(true).missing()).isPositive();
  }

  @Test
  void aResultLostBetweenTheSubscriberAndTheStoreIsMissing() {
    aggregate("a", "b");
    stored = losingOne(stored);
    LedgerEntry entry = subscribe(records());

    assertThat(entry.missing()).containsExactly(new Missing(LedgerLine.BATCHES, 1));
    assertThat(entry.step(LedgerLine.BATCHES)).isEqualTo("on the way to the feature store");
  }

  @Test
  void aResultThatTheWriterLeavesOutIsMissing() {
    aggregate("a", "b");
    ResultSink whole = stored;
    stored =
        new Passing() {
          @Override
          public BitSet put(List<FeatureResult> results, LedgerEntry entry) {
            entry.add(LedgerLine.STORE, Fate.IN, 1);
            return whole.put(results.subList(1, results.size()), entry);
          }
        };
    assertThat(subscribe(records()).missing()).containsExactly(new Missing(LedgerLine.STORE, 1));
  }

  @Test
  void aResultLostOnItsWayDirectlyIntoTheStoreIsMissing() {
    published = new DirectResults(losingOne(stored), published);
    aggregate("a", "b");
    assertThat(sums("f").missing()).containsExactly(new Missing(LedgerLine.BATCHES, 1));
  }

  @Test
  void directWritesArriveWithoutASubscriber() {
    published = new DirectResults(stored, published);
    aggregate("a", "b");
    assertThat(report(true).missing()).isZero();
    assertThat(report(true).results().stored()).isEqualTo(2);
  }

  @Test
  void aDueKeyLostWhenItIsReadIsMissing() {
    aggregate("a", "b");
    clock.set(NOON + Duration.ofHours(1).toMillis());
    StateStore losing = (changes, now, receiver) -> state.apply(withoutOne(changes), now, receiver);
    recalculate(losing);
    assertThat(sums("recalculation").missing())
        .containsExactly(new Missing(LedgerLine.due(group.name()), 1));
  }

  @Test
  void aRecalculatedResultLostOnItsWayIsMissing() {
    aggregate("a", "b");
    clock.set(NOON + Duration.ofHours(1).toMillis());
    published = results -> new StreamResults(stream).put(results.subList(1, results.size()));
    recalculate(state);
    subscribe(records());
    assertThat(report(true).results().missing()).isEqualTo(1);
  }

  @Test
  void recalculationsAddUp() {
    aggregate("a", "b");
    clock.set(NOON + Duration.ofHours(1).toMillis());
    recalculate(state);
    subscribe(records());
    assertThat(report(true).missing()).isZero();
    assertThat(sums("recalculation").count(LedgerLine.due(group.name()), Fate.DONE)).isPositive();
  }

  @Test
  void whatComesAgainRaisesNoAlarmAndHidesOnlyItsOwnNumber() {
    aggregate("a", "b");
    List<StreamRecord> records = records();
    ResultSink whole = stored;
    stored = (Passing) LedgerOfPathTest::failing;
    subscribe(records);
    stored = whole;
    subscribe(records);
    subscribe(records); // its function died before the stream knew that it was done
    LedgerReport report = report(true);
    assertThat(report.missing()).isZero();
    assertThat(report.results().again()).isEqualTo(2);
    assertThat(report.rows()).anySatisfy(row -> assertThat(row.unfinished()).isEqualTo(2));
  }

  @Test
  void garbageIsInvalidAndExplainsNoResultThatIsMissing() {
    published =
        results -> {
          stream.put(List.of(new OutgoingRecord("k", "torn".getBytes(UTF_8))));
          return new BitSet();
        };
    aggregate("a");
    subscribe(records());
    assertThat(report(true).results()).isEqualTo(new LedgerReport.Results(1, 0, 0, 0, 1, 0, 1, 0));
  }

  private static BitSet failing(List<FeatureResult> results, LedgerEntry entry) {
    entry.add(LedgerLine.STORE, Fate.IN, results.size());
    entry.add(LedgerLine.STORE, Fate.UNFINISHED, results.size());
    BitSet all = new BitSet();
    all.set(0, results.size());
    return all;
  }

  private static ResultSink losingOne(ResultSink sink) {
    return (Passing) (results, entry) -> sink.put(results.subList(1, results.size()), entry);
  }

  private static List<KeyEvents> withoutOne(List<KeyEvents> changes) {
    return changes.subList(1, changes.size());
  }

  /** A sink that passes on the entry. */
  private interface Passing extends ResultSink {
    @Override
    default BitSet put(List<FeatureResult> results) {
      return put(results, new LedgerEntry());
    }

    @Override
    BitSet put(List<FeatureResult> results, LedgerEntry entry);
  }

  private void aggregate(String... areas) {
    List<StreamRecord> records = new ArrayList<>();
    for (String area : areas) {
      next++;
      records.add(
          event("ITEM_CREATED", run + next, NOON)
              .with("areaCode", quoted(run + area))
              .with("totalAmount", "1")
              .record(Integer.toString(next)));
    }
    var unused =
        new Aggregator(
                List.of(new AggregatedGroup(group, state, none -> {}, Metrics.NONE)),
                published,
                new FakeSink(),
                Duration.ofDays(1),
                clock,
                ledger("f"))
            .process(records);
  }

  private void recalculate(StateStore store) {
    new Recalculator(
            group,
            store,
            state,
            Archive.NONE,
            published,
            clock,
            Metrics.NONE,
            ledger("recalculation"))
        .recalculate(() -> true);
  }

  private LedgerEntry subscribe(List<StreamRecord> records) {
    LedgerEntry entry = new LedgerEntry();
    records.forEach(each -> entry.entersShard(each.stream(), each.shardId()));
    var unused = subscriber().process(records, entry);
    return entry;
  }

  private Subscriber subscriber() {
    return new Subscriber(stored, new FakeSink(), clock, Metrics.NONE, ledger("subscriber"));
  }

  private Ledger ledger(String function) {
    return byFunction.computeIfAbsent(
        function, name -> new Ledger(name, ledgers, line -> Metrics.NONE));
  }

  private List<StreamRecord> records() {
    return stream.drain().stream().map(each -> Results.record(each.data())).toList();
  }

  private LedgerEntry sums(String function) {
    return ledgers.sums().get(function);
  }

  private LedgerReport report(boolean isAtRest) {
    List<LedgerSums> sums =
        ledgers.sums().entrySet().stream()
            .map(each -> new LedgerSums(each.getKey(), 0, each.getValue()))
            .toList();
    return LedgerReport.of(sums, clock.millis(), isAtRest);
  }
}
