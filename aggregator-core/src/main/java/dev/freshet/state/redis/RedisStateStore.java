package dev.freshet.state.redis;

import dev.freshet.definition.Computation;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Keeps the state in Redis: a script call makes the steps of some keys, and all calls of a batch
 * are one round trip. States are handed on while the server still works on the rest.
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
    KeyStep step =
        computation instanceof Computation.OfLastEvents lastEvents
            ? new LastEventsStep(keys, lastEvents.window().size(), timeToLive)
            : new TimelineStep(keys, (Computation.OfTimeline) computation);
    return new RedisStateStore(redis, keys, step, metrics);
  }

  @Override
  public void apply(List<KeyEvents> changes, long nowMillis, Receiver receiver) {
    List<StepCall> calls = calls(changes, nowMillis);
    try {
      send(calls);
      long deadline = redis.deadline();
      for (int i = 0; i < calls.size(); i++) {
        await(calls, i, deadline);
        if (Script.isUnknown(calls.get(i).reply())) {
          deadline = repeatUnknown(calls, i, deadline);
        }
        calls.get(i).handOn(receiver);
      }
      redis.awaitReplicas(changes.stream().map(change -> keys.of(change.key(), "")));
    } catch (RedisException e) {
      throw new StateStoreException("state store " + redis + ": " + e.getMessage(), e);
    }
  }

  /** One server takes the keys of several partitions in a call; in a cluster each has its node. */
  private List<StepCall> calls(List<KeyEvents> changes, long nowMillis) {
    List<StepCall> calls = new ArrayList<>();
    StepCall last = null;
    for (List<Integer> indexes : byPartition(changes)) {
      if (last == null || redis.isCluster() || !last.hasRoomFor(indexes.size())) {
        last = new StepCall(step, nowMillis);
        calls.add(last);
      }
      last.add(keys.partition(changes.get(indexes.get(0)).key()), indexes, changes);
    }
    return calls;
  }

  /** The indexes of the changes, those of a partition side by side: no more than fit a call. */
  private List<List<Integer>> byPartition(List<KeyEvents> changes) {
    List<List<Integer>> full = new ArrayList<>();
    List<List<Integer>> open = new ArrayList<>(Collections.nCopies(StateKeys.PARTITIONS, null));
    for (int i = 0; i < changes.size(); i++) {
      int partition = keys.partition(changes.get(i).key());
      List<Integer> indexes = open.get(partition);
      if (indexes == null || indexes.size() == StepCall.MOST_KEYS) {
        indexes = new ArrayList<>();
        open.set(partition, indexes);
        full.add(indexes);
      }
      indexes.add(i);
    }
    return full;
  }

  private void send(List<StepCall> calls) {
    redis.pipeline(
        commands -> {
          calls.forEach(call -> call.send(commands));
          return null;
        });
  }

  /**
   * A server that is new, was restarted or flushed, perhaps one of a cluster's, does not know the
   * script: make it known, then repeat the calls that failed for that. Answers with when these, and
   * all further ones, are to have been answered.
   */
  private long repeatUnknown(List<StepCall> calls, int from, long deadline) {
    metrics.count(Metric.REDIS_RETRIES, 1);
    List<StepCall> unknown = new ArrayList<>();
    for (int i = from; i < calls.size(); i++) {
      await(calls, i, deadline);
      if (Script.isUnknown(calls.get(i).reply())) {
        unknown.add(calls.get(i));
      }
    }
    step.script().load(redis);
    send(unknown);
    long anew = redis.deadline();
    await(calls, from, anew);
    return anew;
  }

  private void await(List<StepCall> calls, int index, long deadline) {
    if (!redis.await(calls.get(index).reply(), deadline)) {
      calls.forEach(call -> call.reply().cancel(true));
      throw new StateStoreException("state store " + redis + " did not answer in time", null);
    }
  }
}
