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
 * Sees to it that a feature group is woken when its next key changes, by one execution for the
 * whole group.
 */
public final class RecalculationTimer {

  private static final Logger LOG = LoggerFactory.getLogger(RecalculationTimer.class);

  /** For how long the lease is not looked up again, to save the batches of a busy group a call. */
  private static final Duration TRUST = Duration.ofSeconds(1);

  /** For how long nothing is started after a failure: every batch would pay for the next one. */
  private static final Duration RESTRAINT = Duration.ofSeconds(5);

  private final String group;
  private final String handler;
  private final Lease lease;
  private final HandlerRegistry registry;
  private final Executions executions;
  private final Duration resolution;
  private final Clock clock;
  private final Metrics metrics;
  private long knownWakeAtMillis = Long.MIN_VALUE;
  private long trustedUntilMillis = Long.MIN_VALUE;
  private long restrainedUntilMillis = Long.MIN_VALUE;
  private boolean announced;

  /**
   * @param group the group's name
   * @param handler the class name of the group's handler
   * @param resolution to which multiple of time wake-ups are rounded up
   */
  public RecalculationTimer(
      String group,
      String handler,
      Redis redis,
      Executions executions,
      Duration resolution,
      Clock clock,
      Metrics metrics) {
    this.group = group;
    this.handler = handler;
    this.lease = new Lease(redis, group);
    this.registry = new HandlerRegistry(redis);
    this.executions = executions;
    this.resolution = resolution;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Makes the group known to the watchdog, before the first of its keys can be pending.
   *
   * @throws dev.freshet.state.StateStoreException if the state store does not answer
   */
  public synchronized void announce() {
    if (!announced) {
      registry.add(handler);
      announced = true;
    }
  }

  /**
   * Somebody is to wake at a change, or earlier. Starts an execution only if nobody does. A failure
   * is logged, not thrown: the events are done, and the watchdog makes up for it.
   */
  public synchronized void wakeFor(long changeMillis) {
    long now = clock.millis();
    long wakeAt = roundUp(Math.max(changeMillis, now));
    if (now < restrainedUntilMillis) {
      return;
    }
    if (now < trustedUntilMillis && now < knownWakeAtMillis && knownWakeAtMillis <= wakeAt) {
      return; // an execution was asleep a moment ago that wakes in time
    }
    try {
      registry.add(handler);
      lease.take(wakeAt, now).ifPresent(token -> start(token, wakeAt));
      knownWakeAtMillis = wakeAt;
      trustedUntilMillis = now + TRUST.toMillis();
    } catch (RuntimeException e) {
      LOG.warn("{}: no recalculation was started: {}", group, e.getMessage());
      metrics.count(RECALCULATION_START_ERRORS, 1);
      restrainedUntilMillis = now + RESTRAINT.toMillis();
    }
  }

  /**
   * The watchdog's look after the group: if keys are pending and the execution that should wake for
   * them is no more, starts another.
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
    trustedUntilMillis = Long.MIN_VALUE;
  }

  /** After a recalculation: when the same execution is to wake again, or that it is to end. */
  public WakeUp next(WakeUp last, DueKeys dueKeys) {
    OptionalLong change = dueKeys.next();
    Optional<Long> wakeAt =
        change.isPresent() ? renew(last, change.getAsLong()) : release(last, dueKeys);
    return new WakeUp(
        last.handler(),
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
   * Nothing is pending. An event that came in between saw the lease and started nobody: what it
   * left is looked for once more after the lease is given up.
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
      WakeUp input = new WakeUp(handler, token, execution, text(wakeAtMillis), 0, true);
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
