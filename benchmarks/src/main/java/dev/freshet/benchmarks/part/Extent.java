package dev.freshet.benchmarks.part;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param work of each reference and of the batch size of the goals; generating events not counted
 * @param point work of each point of a series
 * @param warmUp events that warm the virtual machine up, and a quarter of it the slow reference
 * @param mostAtOnce events that are generated at once
 * @param scaleEvents handed over for each number of instances
 * @param preloadHours of simulated time that fill the state; windows evict from 4 h on
 */
public record Extent(
    Duration work,
    Duration point,
    int warmUp,
    int mostAtOnce,
    double preloadHours,
    List<Integer> batchSizes,
    List<Integer> held,
    List<Integer> keys,
    List<Integer> lastEvents,
    List<Integer> instances,
    int scaleEvents) {

  /** Four hours that a store's order is held, and some more. */
  private static final double STEADY_HOURS = 4.2;

  private static final List<Integer> INSTANCES = List.of(1, 2, 4, 8, 16, 32, 64, 128);

  private static final List<Integer> BATCH_SIZES = List.of(1, 10, 100, 500, 10_000);

  public static Extent usual() {
    return new Extent(
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        40_000,
        20_000,
        STEADY_HOURS,
        BATCH_SIZES,
        List.of(10, 100, 1_000, 10_000, 100_000),
        List.of(1_000, 10_000, 100_000),
        List.of(10, 50, 200, 1_000),
        INSTANCES,
        200_000);
  }

  /** A minute; the largest states are left out. */
  public static Extent quick() {
    return new Extent(
        Duration.ofSeconds(3),
        Duration.ofMillis(700),
        20_000,
        20_000,
        STEADY_HOURS,
        BATCH_SIZES,
        List.of(10, 1_000, 10_000),
        List.of(1_000, 10_000),
        List.of(10, 50, 1_000),
        INSTANCES,
        50_000);
  }

  /** With a million keys. */
  public static Extent full() {
    Extent usual = usual();
    return new Extent(
        usual.work,
        usual.point,
        usual.warmUp,
        usual.mostAtOnce,
        usual.preloadHours,
        usual.batchSizes,
        usual.held,
        List.of(1_000, 10_000, 100_000, 1_000_000),
        usual.lastEvents,
        usual.instances,
        usual.scaleEvents);
  }

  /** Next to nothing, for tests: every part runs, no figure means anything. */
  public static Extent tiny() {
    return new Extent(
        Duration.ofMillis(50),
        Duration.ofMillis(20),
        500,
        500,
        0.01,
        List.of(1, 500),
        List.of(10, 100),
        List.of(100, 200),
        List.of(10, 20),
        List.of(1, 2),
        2_000);
  }
}
