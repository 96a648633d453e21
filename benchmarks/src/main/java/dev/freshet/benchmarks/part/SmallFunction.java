package dev.freshet.benchmarks.part;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
            "-DLOG_FORMAT=text",
            "-DLOG_LEVEL=WARN",
            "-cp",
            System.getProperty("java.class.path"),
            SmallFunctionProcess.class.getName(),
            bench.store().url(),
            Double.toString(bench.ordersPerSecond()),
            Long.toString(work.toMillis()),
            Double.toString(eventsPerSecond));
    return run(command, work.multipliedBy(10).plusMinutes(1));
  }

  private static SmallFunction run(List<String> command, Duration limit) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
          throw new IllegalStateException("the small function did not end within " + limit);
        }
        return new ObjectMapper().readValue(process.getInputStream(), SmallFunction.class);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the small function failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the small function", e);
    }
  }
}
