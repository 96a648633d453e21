package dev.freshet.cli.command;

import dev.freshet.replay.ReplayProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows the progress of a replay in one line of a terminal. */
final class ProgressBar implements ReplayProgress {

  private static final String CLEAR_LINE = "\r\033[K";
  private static final int WIDTH = 40;
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final PrintWriter out;
  private final LongSupplier nanoTime;
  private String stage = "";
  private long startNanos;
  private long shownNanos;

  /**
   * @param nanoTime such as {@code System::nanoTime}
   */
  ProgressBar(PrintWriter out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void at(String stage, long done, long all) {
    long now = nanoTime.getAsLong();
    if (stage.equals(this.stage) && now - shownNanos < PAUSE_NANOS) {
      return;
    }
    startNanos = stage.equals(this.stage) ? startNanos : now;
    this.stage = stage;
    shownNanos = now;
    out.print(CLEAR_LINE + line(stage, done, all) + pace(stage, done, all, now - startNanos));
    out.flush();
  }

  /** Returns the rate and the time left, once there is something to tell; files count in bytes. */
  private static String pace(String stage, long done, long all, long nanos) {
    if (done <= 0 || done >= all || nanos < PAUSE_NANOS) {
      return "";
    }
    double perSecond = done * 1e9 / nanos;
    boolean isBytes = stage.equals("reading events");
    return String.format(
        Locale.ROOT,
        isBytes ? "  %,.1f MB/s, %,.0f s left" : "  %,.0f/s, %,.0f s left",
        isBytes ? perSecond / 1e6 : perSecond,
        Math.ceil((all - done) / perSecond));
  }

  private static String line(String stage, long done, long all) {
    double share = all <= 0 ? 0 : Math.min(1, (double) done / all);
    int full = (int) (share * WIDTH);
    return "%-14s [%s%s] %3d %%"
        .formatted(stage, "=".repeat(full), " ".repeat(WIDTH - full), (int) (share * 100));
  }

  void clear() {
    out.print(CLEAR_LINE);
    out.flush();
  }
}
