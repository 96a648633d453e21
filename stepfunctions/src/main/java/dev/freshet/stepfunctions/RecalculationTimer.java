package dev.freshet.stepfunctions;

import dev.freshet.engine.NextChanges;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys;
import dev.freshet.state.PartitionRange;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Ensures that executions wake a feature group when its next keys change, one for each range of its
 * partitions.
 *
 * <p>The number of ranges may change while executions of another number are asleep, and functions
 * of both numbers may work side by side: an execution of another number goes on as long as it alone
 * wakes for some of its keys.
 */
public final class RecalculationTimer {

  private final List<PartitionRange> ranges;
  private final Function<PartitionRange, RangeTimer> create;
  private final Map<PartitionRange, RangeTimer> timers = new ConcurrentHashMap<>();

  /**
   * @param group the group's name
   * @param ranges the ranges that have an execution each
   * @param resolution the duration to a multiple of which wake-ups are rounded up
   */
  public RecalculationTimer(
      String group,
      List<PartitionRange> ranges,
      Redis redis,
      Executions executions,
      Duration resolution,
      Clock clock,
      Metrics metrics) {
    this.ranges = ranges;
    this.create =
        range -> new RangeTimer(group, range, redis, executions, resolution, clock, metrics);
  }

  private RangeTimer timer(PartitionRange range) {
    return timers.computeIfAbsent(range, create);
  }

  /** Ensures that an execution of each range wakes no later than the first change in it. */
  public void wakeFor(NextChanges changes) {
    for (PartitionRange range : ranges) {
      changes.earliest(range).ifPresent(timer(range)::wakeFor);
    }
  }

  /**
   * Starts an execution for each range with pending keys whose execution has ended.
   *
   * @throws RuntimeException the first failure, after all ranges were looked at
   */
  public void watch(DueKeys dueKeys) {
    RuntimeException failure = null;
    for (PartitionRange range : ranges) {
      try {
        timer(range).watch(dueKeys.in(range));
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Returns, after a recalculation, when the same execution must wake again, or that it must end.
   */
  public WakeUp next(WakeUp last, DueKeys dueKeys) {
    PartitionRange range = last.range();
    return timer(range)
        .next(
            last,
            () -> ranges.contains(range) ? dueKeys.in(range).next() : unawaited(range, dueKeys));
  }

  /** Returns the next change in a range for which no execution of the present ranges wakes. */
  private OptionalLong unawaited(PartitionRange another, DueKeys dueKeys) {
    return ranges.stream()
        .flatMap(
            range ->
                range.intersection(another).map(dueKeys::in).map(DueKeys::next).stream()
                    .filter(change -> change.isPresent())
                    .map(OptionalLong::getAsLong)
                    .filter(change -> !timer(range).isAwaited(change)))
        .mapToLong(Long::longValue)
        .min();
  }
}
