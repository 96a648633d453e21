package dev.freshet.benchmarks.part;

import dev.freshet.aws.emulator.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The engine in a process as small as a function of 512 MB.
 *
 * @param isPaced whether it was given events at {@link #PACE} times the article's load, not as fast
 *     as it took them
 * @param heapMost the limit of the heap, in bytes
 * @param heapAfterGcMost the most that was left after any collection, in bytes: after one of the
 *     young generation, with the garbage of the old one
 * @param heapLiveMost the most that was left after a full collection, in bytes; one is made at the
 *     end, which counts only here
 * @param residentMost the most memory of the whole process, in bytes
 * @param pauseMostMillis the longest pause of the garbage collector
 */
public record SmallFunction(
    boolean isPaced,
    double eventsPerSecond,
    long heapMost,
    long heapAfterGcMost,
    long heapLiveMost,
    long residentMost,
    int collections,
    int fullCollections,
    long pauseMostMillis) {

  /** The heap that fits a function of 512 MB, rounded down. */
  private static final String HEAP = "-Xmx384m";

  /** As serverless.yml sets it. */
  static final String YOUNG_GENERATION = "-Xmn32m";

  /** The article's load: 16,000 transformations a minute, of which an event here makes 1.25. */
  public static final double ARTICLE_EVENTS_PER_SECOND = 16_000 / 60.0 / 1.25;

  /** At the article's load itself, minutes pass between collections. */
  public static final double PACE = 10;

  /** So many times as long as at full load: for some collections. */
  private static final int PACED_WORK = 6;

  /**
   * A collection in the log of the collector, such as {@code Pause Full (Cause) 30M->9M(370M)
   * 8.123ms}.
   */
  private static final Pattern PAUSE =
      Pattern.compile("Pause (Young|Full) \\((.*?)\\) \\d+M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms");

  /** Measures at full load, then paced. */
  public static List<SmallFunction> measure(Workbench bench) {
    Duration work = bench.extent().work();
    return List.of(
        measure(bench, 0, work),
        measure(bench, PACE * ARTICLE_EVENTS_PER_SECOND, work.multipliedBy(PACED_WORK)));
  }

  /** Runs another Java process with the compiler and the collector of the managed runtime. */
  private static SmallFunction measure(Workbench bench, double eventsPerSecond, Duration work) {
    bench.tell(
        "measuring in a process as small as a function of 512 MB, "
            + (eventsPerSecond == 0
                ? "at full load"
                : "%,.0f events/s".formatted(eventsPerSecond)));
    bench.store().clear();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            YOUNG_GENERATION,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:gc",
            "-DLOG_FORMAT=text",
            "-DLOG_LEVEL=WARN",
            "-cp",
            System.getProperty("java.class.path"),
            SmallFunctionProcess.class.getName(),
            bench.store().url(),
            Double.toString(bench.ordersPerSecond()),
            Long.toString(work.toMillis()),
            Double.toString(eventsPerSecond));
    List<String> output =
        run(command, bench.folder().resolve("small-function.log"), work.multipliedBy(10));
    return of(eventsPerSecond > 0, output);
  }

  private static List<String> run(List<String> command, Path log, Duration limit) {
    Path here = Path.of("").toAbsolutePath();
    try (ChildProcess process = ChildProcess.start("the small function", command, here, log)) {
      Duration patience = limit.plusMinutes(1);
      int status =
          process.onExit().completeOnTimeout(-1, patience.toSeconds(), TimeUnit.SECONDS).join();
      if (status != 0) {
        throw new IllegalStateException(
            "the small function failed, or took longer than %s: %s"
                .formatted(patience, process.endOfLog()));
      }
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException("the log of the small function cannot be read", e);
    }
  }

  private static SmallFunction of(boolean isPaced, List<String> output) {
    List<MatchResult> pauses = output.stream().flatMap(l -> PAUSE.matcher(l).results()).toList();
    List<MatchResult> unasked =
        pauses.stream().filter(pause -> !pause.group(2).equals("System.gc()")).toList();
    String[] seen =
        output.stream()
            .filter(line -> line.startsWith(SmallFunctionProcess.SEEN))
            .map(line -> line.substring(SmallFunctionProcess.SEEN.length()).split(" "))
            .findFirst()
            .orElseThrow();
    return new SmallFunction(
        isPaced,
        Double.parseDouble(seen[0]),
        Long.parseLong(seen[1]),
        leftMost(pauses.stream()),
        leftMost(pauses.stream().filter(SmallFunction::isFull)),
        Long.parseLong(seen[2]),
        unasked.size(),
        (int) unasked.stream().filter(SmallFunction::isFull).count(),
        Math.round(
            unasked.stream().mapToDouble(p -> Double.parseDouble(p.group(4))).max().orElse(0)));
  }

  private static boolean isFull(MatchResult pause) {
    return pause.group(1).equals("Full");
  }

  private static long leftMost(Stream<MatchResult> pauses) {
    return pauses.mapToLong(pause -> Long.parseLong(pause.group(3)) << 20).max().orElse(0);
  }
}
