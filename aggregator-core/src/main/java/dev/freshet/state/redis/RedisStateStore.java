package dev.freshet.state.redis;

import dev.freshet.definition.Computation;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Keeps the state in Redis: one script call a key, all calls of a batch in one round trip, and
 * another one for what is read behind them.
 *
 * <p>Safe for use by several threads and by several processes at once.
 */
public final class RedisStateStore implements StateStore {

  private final Redis redis;
  private final StateKeys keys;
  private final KeyStep step;
  private final Metrics metrics;

  private RedisStateStore(Redis redis, StateKeys keys, KeyStep step, Metrics metrics) {
    this.redis = redis;
    this.keys = keys;
    this.step = step;
    this.metrics = metrics;
  }

  /**
   * The state of a feature group.
   *
   * @param timeToLive how long the state of a key of a last-N group outlives its last write
   */
  public static RedisStateStore of(
      FeatureGroup group, Redis redis, Duration timeToLive, Metrics metrics) {
    StateKeys keys = new StateKeys(group.name());
    Computation computation = group.computation();
    return new RedisStateStore(
        redis,
        keys,
        computation instanceof Computation.OfLastEvents lastEvents
            ? new LastEventsStep(keys, lastEvents.window().size(), timeToLive)
            : new TimelineStep(keys, (Computation.OfTimeline) computation),
        metrics);
  }

  @Override
  public List<KeyState> apply(List<KeyEvents> changes, long nowMillis) {
    try {
      List<KeyStep.Call> calls = send(changes, nowMillis);
      if (calls.stream().anyMatch(call -> Script.isUnknown(call.scriptCall()))) {
        // A server that is new, was restarted or flushed, perhaps one of a cluster's: make the
        // script known, then repeat all.
        metrics.count(Metric.REDIS_RETRIES, 1);
        step.script().load(redis);
        calls = send(changes, nowMillis);
      }
      List<KeyState> states = read(calls);
      redis.awaitReplicas(changes.stream().map(change -> keys.of(change.key(), "")));
      return states;
    } catch (RedisException e) {
      throw new StateStoreException("state store " + redis + ": " + e.getMessage(), e);
    }
  }

  private List<KeyStep.Call> send(List<KeyEvents> changes, long nowMillis) {
    List<KeyStep.Call> calls =
        redis.pipeline(
            commands ->
                changes.stream().map(change -> step.send(commands, change, nowMillis)).toList());
    await(calls.stream().map(KeyStep.Call::scriptCall).toList());
    return calls;
  }

  private List<KeyState> read(List<KeyStep.Call> calls) {
    List<KeyStep.Answer> answers =
        redis.pipeline(commands -> calls.stream().map(call -> call.read(commands)).toList());
    await(answers.stream().map(KeyStep.Answer::arrival).toList());
    List<KeyState> states = new ArrayList<>(answers.size());
    try {
      for (KeyStep.Answer answer : answers) {
        states.add(answer.state());
      }
      return states;
    } catch (ExecutionException e) {
      throw new StateStoreException(
          "state store " + redis + ": " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StateStoreException("interrupted while waiting for " + redis, e);
    }
  }

  private void await(List<? extends RedisFuture<?>> answers) {
    if (!redis.awaitAll(answers)) {
      answers.forEach(answer -> answer.cancel(true));
      throw new StateStoreException("state store " + redis + " did not answer in time", null);
    }
  }
}
