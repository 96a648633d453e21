package dev.freshet.function;

import dev.freshet.ledger.LedgerLine;
import dev.freshet.ledger.LedgerReport;
import dev.freshet.ledger.LedgerReport.GroupResults;
import dev.freshet.ledger.redis.StoredLedgers;
import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.Clients;
import io.lettuce.core.RedisException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the results that functions published with those that arrived, and forgets old hours. A
 * deficit is told at each check, for as long as the ledger keeps its hour.
 */
final class LedgerWatch {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);
  private static final int KEPT_HOURS = 48;

  private final Supplier<Redis> featureStore;
  private final Supplier<Redis> stateStore;
  private final Function<String, Metrics> metrics;

  /**
   * @param metrics returns the metrics of a feature group
   */
  LedgerWatch(
      Supplier<Redis> featureStore, Supplier<Redis> stateStore, Function<String, Metrics> metrics) {
    this.featureStore = featureStore;
    this.stateStore = stateStore;
    this.metrics = metrics;
  }

  static LedgerWatch of(Clients clients) {
    return new LedgerWatch(clients::featureStore, clients::stateStore, clients::metricsOfResults);
  }

  /** Checks, and reports; a store that does not answer is only logged. */
  void check(long nowMillis) {
    try {
      Redis features = featureStore.get();
      Redis state = stateStore.get();
      LedgerReport.of(StoredLedgers.readBoth(features, state), nowMillis, false).groups().stream()
          .filter(each -> each.missing() > 0)
          .forEach(this::report);
      long oldest = LedgerLine.hourOf(nowMillis) - KEPT_HOURS;
      new StoredLedgers(features).forgetHoursBefore(oldest);
      new StoredLedgers(state).forgetHoursBefore(oldest);
    } catch (RedisException | IllegalStateException e) {
      LOG.warn("the ledger was not checked: {}", e.getMessage());
    }
  }

  private void report(GroupResults results) {
    metrics.apply(results.group()).count(Metric.LEDGER_MISSING, results.missing());
    LOG.error(
        "{}: {} results were published and have not arrived: see docs/operations.md, \"The ledger does not add up\"",
        results.group(),
        results.missing());
  }
}
