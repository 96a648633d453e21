package dev.freshet.cli.command;

import dev.freshet.aws.emulator.process.StateMachineCounters;
import dev.freshet.local.platform.Figures;
import dev.freshet.local.platform.Latencies;
import dev.freshet.local.platform.Platform;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What a person sees of a local platform. */
final class Console {

  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;

  /**
   * @param terminal whether one status line can be updated in place; otherwise each is a new line
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
    say("kinesis        " + platform.kinesisEndpoint() + "  (region us-east-1, any credentials)");
    say("feature store  " + platform.featureStoreUrl());
    say("state store    " + platform.stateStoreUrl());
    say("ready");
  }

  /** The rates since the figures before, and the freshness of the last seconds. */
  void status(Figures now, Figures before, Duration since, Latencies recent) {
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
    say(
        "events file: %s events in %.1f s (%s/s)"
            .formatted(grouped(events), seconds(took), rate(events, took)));
  }

  void summary(Figures figures, Duration ran) {
    say(
        "ran %.1f s: events %s (%s/s)  results %s (%s/s, %s/min)  %s  dead letters %s"
            .formatted(
                seconds(ran),
                grouped(figures.events()),
                rate(figures.events(), ran),
                grouped(figures.results()),
                rate(figures.results(), ran),
                grouped(Math.round(figures.results() / seconds(ran) * 60)),
                freshness(figures.freshness()),
                grouped(figures.deadLetters())));
  }

  void summary(StateMachineCounters counters) {
    say(
        "recalculation: calls %s (%s failed), longest %s ms  executions %s  transitions %s"
            .formatted(
                grouped(counters.lambdaCalls()),
                grouped(counters.lambdaErrors()),
                grouped(counters.longestCallMillis()),
                grouped(counters.executions()),
                grouped(counters.transitions())));
  }

  void say(String line) {
    out.println(terminal ? CLEAR_LINE + line : line);
    out.flush();
  }

  /** Says what a person should look at. */
  void warn(String line) {
    err.println("freshet: " + line);
    err.flush();
  }

  private static String freshness(Latencies latencies) {
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
