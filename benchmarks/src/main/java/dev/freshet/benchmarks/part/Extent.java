package dev.freshet.benchmarks.part;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much is measured.
 *
 * @param work of each reference and of the batch size of the goals; generating events not counted
 * @param warmUp events that warm the virtual machine up, and a quarter of it the slow reference
 * @param preloadHours of simulated time that fill the state; windows evict from 4 h on
 * @param scaleEvents handed over for each number of instances
 */
public record Extent(
    Duration work,
    int warmUp,
    double preloadHours,
    int largestBatch,
    int mostHeld,
    int mostKeys,
    int mostInstances,
    int scaleEvents) {

  public static final Extent USUAL =
      new Extent(Duration.ofSeconds(10), 40_000, 4.2, 10_000, 100_000, 100_000, 128, 200_000);

  /** A minute; the largest states are left out. */
  public static final Extent QUICK =
      new Extent(Duration.ofSeconds(3), 20_000, 4.2, 10_000, 10_000, 10_000, 128, 50_000);

  /** With a million keys. */
  public static final Extent FULL =
      new Extent(Duration.ofSeconds(10), 40_000, 4.2, 10_000, 100_000, 1_000_000, 128, 200_000);

  /** Next to nothing, for tests: every part runs, no figure means anything. */
  public static final Extent TINY =
      new Extent(Duration.ofMillis(50), 500, 0.01, 500, 100, 1_000, 2, 2_000);

  /** Returns the work of each point of a series. */
  public Duration point() {
    return work.dividedBy(5);
  }

  /** Returns how many events are generated at once. */
  int mostAtOnce() {
    return Math.min(warmUp, 20_000);
  }

  List<Integer> batchSizes() {
    return upTo(largestBatch, 1, 10, 100, 500, 10_000);
  }

  List<Integer> held() {
    return upTo(mostHeld, 10, 100, 1_000, 10_000, 100_000);
  }

  List<Integer> keys() {
    return upTo(mostKeys, 1_000, 10_000, 100_000, 1_000_000);
  }

  List<Integer> lastEvents() {
    return upTo(mostHeld, 10, 50, 200, 1_000);
  }

  List<Integer> instances() {
    return upTo(mostInstances, 1, 2, 4, 8, 16, 32, 64, 128);
  }

  private static List<Integer> upTo(int most, int... values) {
    return IntStream.of(values).filter(value -> value <= most).boxed().toList();
  }
}
