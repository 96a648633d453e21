package dev.freshet.ledger;

import dev.freshet.ledger.LedgerEntry.Missing;
import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of one function. Checks each entry, and keeps it with those before it.
 *
 * <p>An entry that does not add up is an error in the log and a metric; it is kept like others, so
 * that the sums show it too. Nobody waits for the store: what it does not take is added to the next
 * entry.
 */
public final class Ledger {

  /** Keeps and checks nothing. */
  public static final Ledger NONE = new Ledger("", LedgerStore.NONE, unused -> Metrics.NONE);

  /** How long a function of events gathers entries. */
  public static final Duration REST = Duration.ofMillis(100);

  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(2);

  /** The rest after a store failed twice in a row: each attempt is a line in the log. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final String function;
  private final LedgerStore store;
  private final Function<LedgerLine, Metrics> metrics;
  private final Duration rest;
  private LedgerEntry unwritten = new LedgerEntry();
  private boolean isResting;

  private volatile boolean hasFailed;

  /**
   * Completes once the newest entries that were sent are added, and the ones before, as a store
   * keeps their order; never fails.
   */
  private volatile CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);

  /**
   * Creates a ledger that writes each entry at once.
   *
   * @param metrics returns the metrics of a line's group and stream
   */
  public Ledger(String function, LedgerStore store, Function<LedgerLine, Metrics> metrics) {
    this(function, store, metrics, Duration.ZERO);
  }

  /**
   * @param metrics returns the metrics of a line's group and stream
   * @param rest how long it gathers entries after it has written: for functions that are invoked
   *     for single events, thousands of times a second. If the instance dies then, what was
   *     gathered is lost as a whole, so it must not count what has arrived.
   */
  public Ledger(
      String function, LedgerStore store, Function<LedgerLine, Metrics> metrics, Duration rest) {
    this.function = function;
    this.store = store;
    this.metrics = metrics;
    this.rest = rest;
  }

  /**
   * Adds the counts of an invocation whose work is done; never fails.
   *
   * @param isAnyDone whether the stream will count any of its records as done; if not, the entry is
   *     kept for the next one, as a store that is away would only delay what comes again anyway
   */
  public void add(LedgerEntry entry, boolean isAnyDone) {
    if (store == LedgerStore.NONE) {
      return;
    }
    entry.missing().forEach(each -> report(entry, each));
    keep(entry);
    if (isAnyDone && mayWrite()) {
      write();
    }
  }

  /**
   * Writes what was gathered and waits for what was sent, two seconds at most: at the end of a
   * process, before its connections are closed.
   */
  public void flush() {
    if (isGathered()) {
      write();
    }
    try {
      sent.get(FLUSH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the newest entries of the ledger of {} may be lost: no answer", function);
    }
  }

  private synchronized boolean mayWrite() {
    boolean isAwake = !isResting;
    isResting = !rest.isZero();
    if (isAwake && isResting) {
      Duration pause = hasFailed ? AFTER_FAILURE : rest;
      CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::endRest);
    }
    return isAwake;
  }

  private void endRest() {
    boolean isGathered;
    synchronized (this) {
      isResting = false;
      isGathered = isGathered();
    }
    if (isGathered && mayWrite()) {
      write();
    }
  }

  private synchronized boolean isGathered() {
    return !unwritten.isEmpty();
  }

  private void write() {
    LedgerEntry all = takeUnwritten();
    sent =
        store
            .add(function, all)
            .handle(
                (done, failure) -> {
                  hasFailed = failure != null;
                  if (hasFailed) {
                    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                    LOG.warn("the ledger of {} is written later: {}", function, cause.getMessage());
                    keep(all);
                  }
                  return (Void) null;
                })
            .toCompletableFuture();
  }

  private synchronized LedgerEntry takeUnwritten() {
    LedgerEntry all = unwritten;
    unwritten = new LedgerEntry();
    return all;
  }

  private synchronized void keep(LedgerEntry entry) {
    unwritten.addAll(entry);
  }

  private void report(LedgerEntry entry, Missing missing) {
    LedgerLine line = missing.line();
    metrics.apply(line).count(Metric.LEDGER_MISSING, Math.abs(missing.number()));
    LOG.error(
        "{}: {} of {} {} {} have {}, {}: see docs/operations.md, \"The ledger does not add up\"",
        function,
        Math.abs(missing.number()),
        line.stream(),
        line.shard(),
        line.group(),
        missing.number() > 0 ? "vanished" : "appeared",
        entry.step(line));
  }
}
