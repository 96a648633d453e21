package dev.freshet.cli.local;

import dev.freshet.aws.emulator.process.StateMachineCounters;
import dev.freshet.local.platform.FreshnessHistogram;
import dev.freshet.local.platform.Platform;
import dev.freshet.local.platform.PlatformCounters;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints the state of a local platform for its user. */
final class Console {

  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;

  /**
   * @param terminal whether to update one status line in place; otherwise each is a new line
   */
  Console(PrintWriter out, PrintWriter err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  boolean isTerminal() {
    return terminal;
  }

  void endpoints(Platform platform) {
    print("kinesis        " + platform.kinesisEndpoint() + "  (region us-east-1, any credentials)");
    print("feature store  " + platform.featureStoreUrl());
    print("state store    " + platform.stateStoreUrl());
    print("ready");
  }

  /** Prints the rates since the previous counters, and the freshness of the last seconds. */
  void status(
      PlatformCounters now, PlatformCounters before, Duration since, FreshnessHistogram recent) {
    String line =
        "events %s/s  results %s/s  %s  dead letters %s"
            .formatted(
                rate(now.events() - before.events(), since),
                rate(now.results() - before.results(), since),
                freshness(recent),
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
        "ran %.1f s: events %s (%s/s)  results %s (%s/s, %s/min)  %s  dead letters %s"
            .formatted(
                seconds(ran),
                grouped(counters.events()),
                rate(counters.events(), ran),
                grouped(counters.results()),
                rate(counters.results(), ran),
                grouped(Math.round(counters.results() / seconds(ran) * 60)),
                freshness(counters.freshness()),
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

  void print(String line) {
    out.println(terminal ? CLEAR_LINE + line : line);
    out.flush();
  }

  /** Prints a warning. */
  void warn(String line) {
    err.println("freshet: " + line);
    err.flush();
  }

  private static String freshness(FreshnessHistogram latencies) {
    return latencies.count() == 0
        ? "fresh p50 –  p99 –"
        : "fresh p50 %d ms  p99 %d ms"
            .formatted(latencies.percentile(50), latencies.percentile(99));
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
