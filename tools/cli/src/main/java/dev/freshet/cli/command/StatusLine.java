package dev.freshet.cli.command;

import dev.freshet.local.platform.Figures;
import dev.freshet.local.platform.Platform;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Shows how the platform is doing, every second on a terminal and every ten elsewhere. */
final class StatusLine {

  private static final int MOST_RECENT = 10;

  private final Platform platform;
  private final Console console;
  private final Duration interval;
  private final int remembered;
  private final Deque<Figures> recent = new ArrayDeque<>();

  StatusLine(Platform platform, Console console) {
    this.platform = platform;
    this.console = console;
    this.interval = Duration.ofSeconds(console.isTerminal() ? 1 : 10);
    this.remembered = console.isTerminal() ? MOST_RECENT : 1;
    recent.add(platform.figures());
  }

  Ticker ticker() {
    return new Ticker("status line", interval, this::show);
  }

  private void show() {
    Figures now = platform.figures();
    Figures oldest = recent.getFirst();
    console.status(now, recent.getLast(), interval, now.freshness().since(oldest.freshness()));
    recent.addLast(now);
    if (recent.size() > remembered) {
      recent.removeFirst();
    }
  }
}
