package dev.freshet.stepfunctions;

import static dev.freshet.metrics.Metric.RECALCULATION_REVIVALS;
import static dev.freshet.metrics.Metric.RECALCULATION_STARTS;
import static dev.freshet.metrics.Metric.RECALCULATION_START_ERRORS;

import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures that an execution wakes a feature group when its next key changes; one execution serves
 * the whole group.
 */
public final class RecalculationTimer {

  private static final Logger LOG = LoggerFactory.getLogger(RecalculationTimer.class);

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
   * @param resolution the duration to a multiple of which wake-ups are rounded up
   */
  public RecalculationTimer(
      String group,
      Redis redis,
      Executions executions,
      Duration resolution,
      Clock clock,
      Metrics metrics) {
    this.group = group;
    this.lease = new Lease(redis, group);
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
  public synchronized void wakeFor(long changeMillis) {
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

  /**
   * Starts an execution if keys are pending and the execution that should wake for them has ended.
   */
  public void watch(DueKeys dueKeys) {
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
   */
  public WakeUp next(WakeUp last, DueKeys dueKeys) {
    OptionalLong change = dueKeys.next();
    Optional<Long> wakeAt =
        change.isPresent() ? renew(last, change.getAsLong()) : release(last, dueKeys);
    return new WakeUp(
        last.featureGroup(),
        last.token(),
        last.execution(),
        wakeAt.map(RecalculationTimer::text).orElse(last.wakeAt()),
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
  private Optional<Long> release(WakeUp last, DueKeys dueKeys) {
    if (!lease.release(last.token())) {
      return Optional.empty();
    }
    OptionalLong change = dueKeys.next();
    return change.isPresent() ? renew(last, change.getAsLong()) : Optional.empty();
  }

  private void start(String token, long wakeAtMillis) {
    try {
      String execution = lease.executionOf(token);
      WakeUp input = new WakeUp(group, token, execution, text(wakeAtMillis), 0, true);
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
