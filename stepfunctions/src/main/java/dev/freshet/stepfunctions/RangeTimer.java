package dev.freshet.stepfunctions;

import static dev.freshet.metrics.Metric.RECALCULATION_REVIVALS;
import static dev.freshet.metrics.Metric.RECALCULATION_STARTS;
import static dev.freshet.metrics.Metric.RECALCULATION_START_ERRORS;

import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys;
import dev.freshet.state.PartitionRange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures that an execution wakes a range of partitions of a feature group when the next key in it
 * changes; one execution serves the whole range.
 */
final class RangeTimer {

  private static final Logger LOG = LoggerFactory.getLogger(RangeTimer.class);

  /**
   * The time for which a known lease is not read again, which saves the batches of a busy group a
   * call.
   */
  private static final Duration LEASE_VALIDITY = Duration.ofSeconds(1);

  /**
   * The time after a failure in which nothing is started, so that not every batch waits for a
   * failing call.
   */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  private final String group;
  private final PartitionRange range;
  private final Lease lease;
  private final Executions executions;
  private final Duration resolution;
  private final Clock clock;
  private final Metrics metrics;
  private long knownWakeAtMillis = Long.MIN_VALUE;
  private long leaseKnownUntilMillis = Long.MIN_VALUE;
  private long pausedUntilMillis = Long.MIN_VALUE;

  /**
   * @param group the group's name
   * @param range the partitions that the executions recalculate
   * @param resolution the duration to a multiple of which wake-ups are rounded up
   */
  RangeTimer(
      String group,
      PartitionRange range,
      Redis redis,
      Executions executions,
      Duration resolution,
      Clock clock,
      Metrics metrics) {
    this.group = group;
    this.range = range;
    this.lease = new Lease(redis, group, range);
    this.executions = executions;
    this.resolution = resolution;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Ensures that an execution wakes no later than {@code changeMillis}; starts one only if none
   * does. Logs a failure and does not throw it: the events are done, and the watchdog starts the
   * execution later.
   */
  synchronized void wakeFor(long changeMillis) {
    long now = clock.millis();
    long wakeAt = roundUp(Math.max(changeMillis, now));
    if (now < pausedUntilMillis) {
      return;
    }
    if (now < leaseKnownUntilMillis && now < knownWakeAtMillis && knownWakeAtMillis <= wakeAt) {
      return; // a moment ago an execution was asleep that wakes in time
    }
    try {
      lease.take(wakeAt, now).ifPresent(token -> start(token, wakeAt));
      knownWakeAtMillis = wakeAt;
      leaseKnownUntilMillis = now + LEASE_VALIDITY.toMillis();
    } catch (RuntimeException e) {
      LOG.warn("{}: no recalculation was started: {}", group, e.getMessage());
      metrics.count(RECALCULATION_START_ERRORS, 1);
      pausedUntilMillis = now + PAUSE_AFTER_FAILURE.toMillis();
    }
  }

  /** Returns whether an execution wakes no later than a change. */
  boolean isAwaited(long changeMillis) {
    OptionalLong wakeAt = lease.wakeAtMillis();
    return wakeAt.isPresent()
        && wakeAt.getAsLong() <= roundUp(Math.max(changeMillis, clock.millis()));
  }

  /**
   * Starts an execution if keys are pending and the execution that should wake for them has ended.
   */
  void watch(DueKeys dueKeys) {
    OptionalLong change = dueKeys.next();
    if (change.isPresent()) {
      lease.holder().filter(execution -> !executions.isRunning(execution)).ifPresent(this::revoke);
      wakeFor(change.getAsLong());
    }
  }

  private synchronized void revoke(String execution) {
    LOG.warn("{}: the execution {} ended while keys were pending", group, execution);
    metrics.count(RECALCULATION_REVIVALS, 1);
    lease.revoke(execution);
    leaseKnownUntilMillis = Long.MIN_VALUE;
  }

  /**
   * Returns, after a recalculation, when the same execution must wake again, or that it must end.
   *
   * @param pending finds the next change for which it must wake
   */
  WakeUp next(WakeUp last, Supplier<OptionalLong> pending) {
    OptionalLong change = pending.get();
    Optional<Long> wakeAt =
        change.isPresent() ? renew(last, change.getAsLong()) : release(last, pending);
    return new WakeUp(
        last.featureGroup(),
        last.range(),
        last.token(),
        last.execution(),
        wakeAt.map(RangeTimer::text).orElse(last.wakeAt()),
        last.laps() + 1,
        wakeAt.isPresent());
  }

  private Optional<Long> renew(WakeUp last, long changeMillis) {
    long now = clock.millis();
    long wakeAt = changeMillis <= now ? now : roundUp(changeMillis);
    return lease.renew(last.token(), last.execution(), wakeAt, now)
        ? Optional.of(wakeAt)
        : Optional.empty();
  }

  /**
   * Gives up the lease as nothing is pending, then looks for due keys once more: an event that
   * arrived in between saw the lease, and started no execution.
   */
  private Optional<Long> release(WakeUp last, Supplier<OptionalLong> pending) {
    if (!lease.release(last.token())) {
      return Optional.empty();
    }
    OptionalLong change = pending.get();
    return change.isPresent() ? renew(last, change.getAsLong()) : Optional.empty();
  }

  private void start(String token, long wakeAtMillis) {
    try {
      String execution = lease.executionOf(token);
      WakeUp input = new WakeUp(group, range, token, execution, text(wakeAtMillis), 0, true);
      executions.start(execution, input.toJson());
      metrics.count(RECALCULATION_STARTS, 1);
    } catch (RuntimeException e) {
      lease.release(token);
      throw e;
    }
  }

  private long roundUp(long millis) {
    long step = resolution.toMillis();
    return Math.floorDiv(millis + step - 1, step) * step;
  }

  private static String text(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
