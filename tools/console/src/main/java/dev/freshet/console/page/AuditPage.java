package dev.freshet.console.page;

import dev.freshet.console.Page;
import dev.freshet.metrics.Metric;
import dev.freshet.quality.audit.AuditReport;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The outcome of the last audit, which runs in the background, one at a time. */
public final class AuditPage implements Page, AutoCloseable {

  private static final List<String> METRICS =
      List.of(Metric.AUDIT_COMPARED.meter(), Metric.AUDIT_UNEXPLAINED.meter());

  private final Supplier<AuditReport> audit;
  private final String command;
  private final InstantSource time;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "console audit");
            thread.setDaemon(true);
            return thread;
          });
  private Long runningSince;
  private Outcome last;

  /**
   * @param audit runs one
   * @param command what does the same
   */
  public AuditPage(Supplier<AuditReport> audit, String command, InstantSource time) {
    this.audit = audit;
    this.command = command;
    this.time = time;
  }

  /** Returns the page of a stage, which is audited by the command and by its function only. */
  public static Page ofStage(String command) {
    return parameters -> new Shown(null, null, command, METRICS);
  }

  /**
   * The present state.
   *
   * @param runningForMillis null if none runs
   * @param last null if none has ended
   * @param metrics what the function that audits a stage sends
   */
  record Shown(Long runningForMillis, Outcome last, String command, List<String> metrics) {}

  /**
   * The outcome of an audit.
   *
   * @param compared how many values were compared
   * @param report null if it failed
   * @param fault null if it did not
   */
  record Outcome(long endedMillis, long compared, AuditReport report, String fault) {}

  @Override
  public synchronized Shown read(Map<String, String> parameters) {
    Long running = runningSince == null ? null : time.millis() - runningSince;
    return new Shown(running, last, command, METRICS);
  }

  /** Starts an audit, unless one runs. */
  public synchronized Object start(Map<String, String> parameters) {
    if (runningSince == null) {
      runningSince = time.millis();
      worker.execute(this::run);
    }
    return read(parameters);
  }

  private void run() {
    Outcome outcome = outcome();
    synchronized (this) {
      last = outcome;
      runningSince = null;
    }
  }

  private Outcome outcome() {
    try {
      AuditReport report = audit.get();
      return new Outcome(time.millis(), report.compared(), report, null);
    } catch (RuntimeException e) {
      return new Outcome(time.millis(), 0, null, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
