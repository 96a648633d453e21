package dev.freshet.cli.local;

import dev.freshet.aws.emulator.process.StateMachineCounters;
import dev.freshet.cli.command.LedgerText;
import dev.freshet.ledger.LedgerReport;
import dev.freshet.local.platform.Platform;
import dev.freshet.local.platform.PlatformCounters;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Prints the state of a local platform for its user.
 *
 * @param terminal whether to update one status line in place; otherwise each is a new line
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal) {

  private static final String CLEAR_LINE = "\r\033[K";
  private static final int MOST_RECENT = 10;

  void endpoints(Platform platform, URI browser) {
    print("kinesis        " + platform.kinesisEndpoint() + "  (region us-east-1, any credentials)");
    print("feature store  " + platform.featureStoreUrl());
    print("state store    " + platform.stateStoreUrl());
    platform.historyEndpoint().ifPresent(url -> print("history        " + url));
    print("counters       " + browser.resolve("/api/counters"));
    print("console        " + browser);
    print("ready");
  }

  /** Starts to print the status: every second on a terminal, else every ten seconds. */
  Ticker startStatus(Platform platform) {
    Duration interval = Duration.ofSeconds(terminal ? 1 : 10);
    Deque<PlatformCounters> recent = new ArrayDeque<>(List.of(platform.counters()));
    return Ticker.start(
        "status line",
        interval,
        () -> {
          recent.addLast(platform.counters());
          status(recent, interval);
          if (recent.size() > (terminal ? MOST_RECENT : 1)) {
            recent.removeFirst();
          }
        });
  }

  /** Prints the rates since the previous counters, and the freshness since the oldest ones. */
  private void status(Deque<PlatformCounters> recent, Duration interval) {
    Iterator<PlatformCounters> newest = recent.descendingIterator();
    PlatformCounters now = newest.next();
    PlatformCounters before = newest.next();
    Histogram freshness = now.freshness().copy();
    freshness.subtract(recent.getFirst().freshness());
    String line =
        "events %s/s  results %s/s  %s  %s  dead letters %s"
            .formatted(
                rate(now.events() - before.events(), interval),
                rate(now.results() - before.results(), interval),
                freshness(freshness),
                unused(now.judgements()),
                grouped(now.deadLetters()));
    out.print(terminal ? CLEAR_LINE + line : line + System.lineSeparator());
    out.flush();
  }

  void fileDone(long events, Duration took) {
    print(
        "events file: %s events in %.1f s (%s/s)"
            .formatted(grouped(events), seconds(took), rate(events, took)));
  }

  void summary(PlatformCounters counters, Duration ran) {
    print(
        "ran %.1f s: events %s (%s/s)  results %s (%s/s, %s/min)  %s  %s  dead letters %s"
            .formatted(
                seconds(ran),
                grouped(counters.events()),
                rate(counters.events(), ran),
                grouped(counters.results()),
                rate(counters.results(), ran),
                grouped(Math.round(counters.results() / seconds(ran) * 60)),
                freshness(counters.freshness()),
                unused(counters.judgements()),
                grouped(counters.deadLetters())));
  }

  void summary(StateMachineCounters counters) {
    print(
        "recalculation: calls %s (%s failed), longest %s ms  executions %s  transitions %s"
            .formatted(
                grouped(counters.lambdaCalls()),
                grouped(counters.lambdaErrors()),
                grouped(counters.longestCallMillis()),
                grouped(counters.executions()),
                grouped(counters.transitions())));
  }

  /** Prints whether everything that came in has ended somewhere, and what has not. */
  void summary(LedgerReport ledger) {
    print(new LedgerText(ledger).summary());
    ledger.rows().stream()
        .filter(each -> each.missing() != 0)
        .forEach(each -> warn("the ledger does not add up: " + each));
    ledger.groups().stream()
        .filter(each -> each.missing() != 0)
        .forEach(each -> warn("the ledger does not add up: " + each));
  }

  void print(String line) {
    out.println(terminal ? CLEAR_LINE + line : line);
  }

  /** Prints a warning. */
  void warn(String line) {
    err.println("freshet: " + line);
  }

  private static String unused(PlatformCounters.Judgements judgements) {
    return "late %s  skipped %s  invalid %s"
        .formatted(
            grouped(judgements.late()),
            grouped(judgements.skipped()),
            grouped(judgements.invalid()));
  }

  private static String freshness(Histogram latencies) {
    return latencies.getTotalCount() == 0
        ? "fresh p50 –  p99 –"
        : "fresh p50 %d ms  p99 %d ms"
            .formatted(latencies.getValueAtPercentile(50), latencies.getValueAtPercentile(99));
  }

  private static String rate(long count, Duration time) {
    return grouped(Math.round(count / seconds(time)));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static double seconds(Duration duration) {
    return Math.max(1, duration.toMillis()) / 1000.0;
  }
}
