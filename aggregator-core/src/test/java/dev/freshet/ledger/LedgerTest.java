package dev.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.ledger.LedgerEntry.Missing;
import dev.freshet.ledger.LedgerReport.Finished;
import dev.freshet.ledger.LedgerReport.GroupResults;
import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.testing.CountedMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final long SINCE = Instant.parse("2026-05-04T09:30:00Z").toEpochMilli();
  private static final long TEN = Instant.parse("2026-05-04T10:20:00Z").toEpochMilli();
  private static final LedgerLine LINE = new LedgerLine("s", "1", "g");

  private final InMemoryLedger kept = new InMemoryLedger();
  private boolean isDown;
  private final CountedMetrics metrics = new CountedMetrics();

  private final Ledger ledger =
      new Ledger(
          "f",
          (function, entry) ->
              isDown
                  ? CompletableFuture.failedStage(new IllegalStateException("down"))
                  : kept.add(function, entry),
          line -> metrics);

  @Test
  void entriesOfAMomentAreWrittenTogether() throws Exception {
    BlockingQueue<LedgerEntry> written = new LinkedBlockingQueue<>();
    LedgerStore store =
        (function, entry) -> {
          written.add(entry);
          return CompletableFuture.completedStage(null);
        };
    Ledger resting = new Ledger("f", store, line -> metrics, Duration.ofMillis(200));
    for (int i = 0; i < 100; i++) {
      resting.add(entry(LINE, 1, 1), true);
    }
    long sum = 0;
    int writes = 0;
    while (sum < 100) {
      sum += written.poll(10, TimeUnit.SECONDS).count(LINE, Fate.IN);
      writes++;
    }
    assertThat(sum).isEqualTo(100);
    assertThat(writes).isLessThan(100);
  }

  @Test
  void whatIsGatheredIsWrittenBeforeTheEnd() {
    Ledger resting = new Ledger("f", kept, line -> Metrics.NONE, Duration.ofHours(1));
    resting.add(entry(LINE, 2, 2), true);
    resting.add(entry(LINE, 3, 3), true);
    assertThat(kept.sums().get("f").count(LINE, Fate.IN)).isEqualTo(2);

    resting.flush();
    assertThat(kept.sums().get("f").count(LINE, Fate.IN)).isEqualTo(5);
    resting.flush();
    assertThat(kept.sums().get("f").count(LINE, Fate.IN)).isEqualTo(5);
  }

  @Test
  void theEndWaitsForWhatWasSent() {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    Ledger sending = new Ledger("f", (function, entry) -> answer, line -> Metrics.NONE);
    sending.add(entry(LINE, 1, 1), true);
    var unused = answer.completeOnTimeout(null, 100, TimeUnit.MILLISECONDS);

    sending.flush();

    assertThat(answer).isDone();
  }

  @Test
  void aStoreThatIsAwayIsNotAskedAllTheTime() throws Exception {
    Semaphore attempts = new Semaphore(0);
    LedgerStore away =
        (function, entry) -> {
          attempts.release();
          return CompletableFuture.failedStage(new IllegalStateException("down"));
        };
    Ledger resting = new Ledger("f", away, line -> Metrics.NONE, Duration.ofMillis(1));
    resting.add(entry(LINE, 1, 1), true);

    assertThat(attempts.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
    assertThat(attempts.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void whatTheStoreDidNotTakeIsAddedToTheNextEntry() {
    isDown = true;
    ledger.add(entry(LINE, 2, 2), true);
    ledger.add(entry(LINE, 3, 3), true);
    isDown = false;
    ledger.add(entry(LINE, 4, 4), true);
    ledger.add(entry(LINE, 1, 1), true);

    assertThat(kept.sums().get("f").count(LINE, Fate.IN)).isEqualTo(10);
    assertThat(kept.sums().get("f").missing()).isEmpty();
    assertThat(missing()).isZero();
  }

  @Test
  void anEntryOfWhichNothingIsDoneWaitsForTheNext() {
    ledger.add(entry(LINE, 3, 1), false);
    assertThat(kept.sums()).isEmpty();
    assertThat(missing()).isEqualTo(2);

    ledger.add(entry(LINE, 1, 1), true);
    assertThat(kept.sums().get("f").count(LINE, Fate.IN)).isEqualTo(4);
    assertThat(missing()).isEqualTo(2);
  }

  @Test
  void anEntryThatDoesNotAddUpIsMeasuredOnceAndKept() {
    isDown = true;
    ledger.add(entry(LINE, 5, 3), true);
    isDown = false;
    ledger.add(entry(LINE, 1, 1), true);
    ledger.add(entry(LINE, 1, 2), true);

    assertThat(missing()).isEqualTo(3);
    assertThat(kept.sums().get("f").missing()).containsExactly(new Missing(LINE, 1));
  }

  @Test
  void whatTheWriterWasNotHandedIsMissing() {
    LedgerEntry entry = new LedgerEntry();
    entry.add(LedgerLine.BATCHES, Fate.IN, 3);
    entry.add(LedgerLine.BATCHES, Fate.HANDED, 3);
    entry.add(LedgerLine.STORE, Fate.IN, 2);
    entry.add(LedgerLine.STORE, Fate.STORED, 2);

    ledger.add(entry, true);

    assertThat(missing()).isEqualTo(1);
    assertThat(entry.missing()).containsExactly(new Missing(LedgerLine.BATCHES, 1));
    assertThat(entry.step(LedgerLine.BATCHES)).isEqualTo("on the way to the feature store");
  }

  @Test
  void recordsOfAMappingAreCountedByTheirShard() {
    LedgerEntry entry = new LedgerEntry();
    String arn = "arn:aws:kinesis:eu-west-1:1:stream/";
    entry.enters("shardId-1:10", arn + "a");
    entry.enters("shardId-1:11", arn + "a");
    entry.enters("shardId-10:12", arn + "a");
    entry.enters("shardId-1:13", arn + "b");
    entry.enters("shardId-1:14", arn + "a");

    assertThat(entry.count(LedgerLine.records("a", "shardId-1"), Fate.IN)).isEqualTo(3);
    assertThat(entry.count(LedgerLine.records("a", "shardId-10"), Fate.IN)).isEqualTo(1);
    assertThat(entry.count(LedgerLine.records("b", "shardId-1"), Fate.IN)).isEqualTo(1);
    assertThat(entry.shards()).hasSize(3);
  }

  @Test
  void resultsOfAnHourThatIsOverMustHaveArrived() {
    results(5, 3);
    assertThat(group(TEN, false)).isEqualTo(new GroupResults("g", 5, 3, 2, 0, 0));
    long over = Instant.parse("2026-05-04T11:15:00Z").toEpochMilli();
    assertThat(group(over - 1, false).inFlight()).isEqualTo(2);
    assertThat(group(over, false)).isEqualTo(new GroupResults("g", 5, 3, 0, 2, 0));
    assertThat(group(TEN, true)).isEqualTo(new GroupResults("g", 5, 3, 0, 2, 0));
  }

  @Test
  void whatArrivedAgainInOneHourHidesNothingOfAnother() {
    results(5, 3);
    LedgerEntry next = new LedgerEntry();
    for (int i = 0; i < 4; i++) {
      next.addResult(LedgerLine.ARRIVED, TEN + 3_600_000, "g", Fate.DONE);
    }
    kept.add("subscriber", next);
    assertThat(group(TEN, true)).isEqualTo(new GroupResults("g", 5, 7, 0, 2, 4));
  }

  @Test
  void hoursBeforeTheFirstArrivalWasCountedAreNotCompared() {
    LedgerEntry early = new LedgerEntry();
    early.addResult(LedgerLine.RESULTS, SINCE, "g", Fate.IN);
    early.addResult(LedgerLine.RESULTS, SINCE, "g", Fate.PUBLISHED);
    kept.add("f", early);
    results(1, 1);
    long muchLater = SINCE + 100 * 3_600_000L;
    assertThat(group(muchLater, false)).isEqualTo(new GroupResults("g", 2, 1, 1, 0, 0));
  }

  @Test
  void recordsThatTheirFunctionHasNotSeenAreMissing() {
    ledger.add(records(3), true);
    LedgerReport report = LedgerReport.of(sums(), TEN, false);

    assertThat(report.with(List.of(new Finished("f", "s", 3))).missing()).isZero();
    assertThat(report.with(List.of(new Finished("f", "s", 2))).missing()).isZero();
    assertThat(report.with(List.of(new Finished("f", "s", 5))).missing()).isEqualTo(2);
    assertThat(report.with(List.of(new Finished("never", "s", 1))).missing()).isEqualTo(1);
  }

  private long missing() {
    assertThat(metrics.counts.keySet()).isSubsetOf(Metric.LEDGER_MISSING);
    return metrics.counts.getOrDefault(Metric.LEDGER_MISSING, 0L);
  }

  private static LedgerEntry records(int number) {
    LedgerEntry entry = new LedgerEntry();
    for (int i = 0; i < number; i++) {
      entry.entersShard("s", "1");
    }
    entry.add(LedgerLine.records("s", "1"), Fate.DONE, number);
    return entry;
  }

  private void results(int published, int arrived) {
    LedgerEntry entry = new LedgerEntry();
    for (int i = 0; i < published; i++) {
      entry.addResult(LedgerLine.RESULTS, TEN, "g", Fate.IN);
      entry.addResult(LedgerLine.RESULTS, TEN, "g", Fate.PUBLISHED);
    }
    ledger.add(entry, true);
    LedgerEntry arrivals = new LedgerEntry();
    for (int i = 0; i < arrived; i++) {
      arrivals.addResult(LedgerLine.ARRIVED, TEN, "g", Fate.DONE);
    }
    kept.add("subscriber", arrivals);
  }

  private GroupResults group(long now, boolean isAtRest) {
    List<GroupResults> groups = LedgerReport.of(sums(), now, isAtRest).groups();
    assertThat(groups).hasSize(1);
    return groups.get(0);
  }

  private List<LedgerSums> sums() {
    return kept.sums().entrySet().stream()
        .map(each -> new LedgerSums(each.getKey(), SINCE, each.getValue()))
        .toList();
  }

  private static LedgerEntry entry(LedgerLine line, int in, int applied) {
    LedgerEntry entry = new LedgerEntry();
    entry.add(line, Fate.IN, in);
    entry.add(line, Fate.APPLIED, applied);
    return entry;
  }
}
