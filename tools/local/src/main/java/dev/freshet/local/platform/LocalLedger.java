package dev.freshet.local.platform;

import dev.freshet.ledger.LedgerReport;
import dev.freshet.ledger.LedgerSums;
import dev.freshet.ledger.redis.StoredLedgers;
import dev.freshet.redis.Redis;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Reads the ledger of the functions, and compares it with what the mappings have handed over. */
final class LocalLedger implements AutoCloseable {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
  private static final int READS = 5;
  private static final int READS_AT_REST = 60;
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final Redis featureStore;
  private final Redis stateStore;
  private final LocalMappings mappings;
  private final InstantSource time;

  LocalLedger(LocalServers servers, LocalMappings mappings, InstantSource time) {
    this.featureStore = Redis.at(servers.featureStore().url(), ANSWER_TIMEOUT);
    this.stateStore = Redis.at(servers.stateStore().url(), ANSWER_TIMEOUT);
    this.mappings = mappings;
    this.time = time;
  }

  /** Returns the report; what is on its way at the moment is in flight. */
  LedgerReport read() {
    return leastMissing(false, READS);
  }

  /**
   * Returns the report of a platform that gets no more events. Recalculations may go on: reads
   * until nothing is on its way, or returns the report of the moment when the least was.
   */
  LedgerReport readAtRest() {
    return leastMissing(true, READS_AT_REST);
  }

  private LedgerReport leastMissing(boolean isAtRest, int reads) {
    LedgerReport best = read(isAtRest);
    for (int i = 1; i < reads && best.missing() > 0; i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      LedgerReport next = read(isAtRest);
      best = next.missing() < best.missing() ? next : best;
    }
    return best;
  }

  /**
   * Asks the mappings first: a function sends its ledger before its records are done. It does not
   * wait, so an entry may be a moment late.
   */
  private LedgerReport read(boolean isAtRest) {
    List<LedgerReport.Finished> handed = mappings.progress().handed();
    return LedgerReport.of(ledgers(), time.millis(), isAtRest).with(handed);
  }

  private List<LedgerSums> ledgers() {
    return StoredLedgers.readBoth(featureStore, stateStore);
  }

  /** Returns how many events the feature groups did not use. */
  PlatformCounters.Judgements judgements() {
    List<LedgerReport.Row> rows = LedgerReport.of(ledgers(), time.millis(), false).rows();
    return new PlatformCounters.Judgements(
        rows.stream().mapToLong(LedgerReport.Row::late).sum(),
        rows.stream().mapToLong(LedgerReport.Row::skipped).sum(),
        rows.stream()
            .filter(LedgerReport.Row::isOfEvents)
            .mapToLong(LedgerReport.Row::invalid)
            .sum());
  }

  @Override
  public void close() {
    featureStore.close();
    stateStore.close();
  }
}
