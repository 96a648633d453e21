package dev.freshet.cli.command;

import dev.freshet.replay.ReplayProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Shows the progress of a replay in one line of a terminal. */
final class ProgressBar implements ReplayProgress {

  private static final String CLEAR_LINE = "\r\033[K";
  private static final int WIDTH = 40;
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final PrintWriter out;
  private final LongSupplier nanoTime;
  private String stage = "";
  private long shownNanos;

  /**
   * @param nanoTime such as {@code System::nanoTime}
   */
  ProgressBar(PrintWriter out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
  }

  @Override
  public void at(String stage, long done, long all) {
    long now = nanoTime.getAsLong();
    if (stage.equals(this.stage) && now - shownNanos < PAUSE_NANOS) {
      return;
    }
    this.stage = stage;
    shownNanos = now;
    out.print(CLEAR_LINE + line(stage, done, all));
    out.flush();
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
