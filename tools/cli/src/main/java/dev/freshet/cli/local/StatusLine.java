package dev.freshet.cli.local;

import dev.freshet.local.platform.Platform;
import dev.freshet.local.platform.PlatformCounters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Prints the status of the platform: every second on a terminal, else every ten seconds. */
final class StatusLine {

  private static final int MOST_RECENT = 10;

  private final Platform platform;
  private final Console console;
  private final Duration interval;
  private final int remembered;
  private final Deque<PlatformCounters> recent = new ArrayDeque<>();

  StatusLine(Platform platform, Console console) {
    this.platform = platform;
    this.console = console;
    this.interval = Duration.ofSeconds(console.isTerminal() ? 1 : 10);
    this.remembered = console.isTerminal() ? MOST_RECENT : 1;
    recent.add(platform.counters());
  }

  Ticker start() {
    return Ticker.start("status line", interval, this::show);
  }

  private void show() {
    PlatformCounters now = platform.counters();
    PlatformCounters oldest = recent.getFirst();
    console.status(now, recent.getLast(), interval, now.freshness().since(oldest.freshness()));
    recent.addLast(now);
    if (recent.size() > remembered) {
      recent.removeFirst();
    }
  }
}
