package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.measure.OrderLoad;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much is measured.
 *
 * @param work of each reference and of the batch size of the goals; generating events not counted
 * @param warmUp events that warm the virtual machine up: seconds of work, as it compiles for that
 *     long; a tenth of it the slow reference, and each point of a series
 * @param preloadHours of simulated time that fill the state; windows evict from 4 h on
 * @param scaleEvents handed over in each round of each number of instances, at least
 * @param leastBatches of each instance in each round
 */
public record Extent(
    Duration work,
    int warmUp,
    double preloadHours,
    int largestBatch,
    int mostHeld,
    int mostKeys,
    int mostInstances,
    int scaleEvents,
    int leastBatches) {

  public static final Extent USUAL =
      new Extent(Duration.ofSeconds(10), 400_000, 4.2, 10_000, 100_000, 100_000, 128, 60_000, 6);

  /** Less of everything; the largest states are left out. */
  public static final Extent QUICK =
      new Extent(Duration.ofSeconds(3), 200_000, 4.2, 10_000, 10_000, 10_000, 128, 20_000, 3);

  /** With a million keys. */
  public static final Extent FULL =
      new Extent(Duration.ofSeconds(10), 400_000, 4.2, 10_000, 100_000, 1_000_000, 128, 60_000, 6);

  /** Next to nothing, for tests: every part runs, no figure means anything. */
  public static final Extent TINY =
      new Extent(Duration.ofMillis(50), 500, 0.01, 500, 100, 1_000, 2, 2_000, 1);

  /** Returns the work of each point of a series. */
  public Duration point() {
    return work.dividedBy(5);
  }

  /** Returns the events before each point of a series, and before the slow reference. */
  public int shortWarmUp() {
    return warmUp / 10;
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

  public List<Integer> instances() {
    return upTo(mostInstances, 1, 2, 4, 8, 16, 32, 64, 128);
  }

  /** Returns some of the numbers of instances. */
  public List<Integer> someInstances() {
    return upTo(mostInstances, 1, 8, 32, 128);
  }

  /** Returns how many batches each of some instances gets in a round. */
  public int batchesOf(int instances) {
    return Math.max(leastBatches, scaleEvents / OrderLoad.BATCH_SIZE / instances);
  }

  /** Returns the sizes of cities by their stores. */
  public List<Integer> cities() {
    return upTo(Math.min(mostKeys, 100_000), 1_000, 10_000, 100_000);
  }

  /** Returns the size of the largest city. */
  public int largestCity() {
    return cities().get(cities().size() - 1);
  }

  private static List<Integer> upTo(int most, int... values) {
    return IntStream.of(values).filter(value -> value <= most).boxed().toList();
  }
}
