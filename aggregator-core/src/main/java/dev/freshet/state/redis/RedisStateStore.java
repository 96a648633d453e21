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
import java.util.List;

/**
 * Keeps the state in Redis: one script call for the keys of a partition, all calls of a batch in
 * one round trip. States are handed on while the server still works on the rest.
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
    List<PartitionCall> calls = calls(changes, nowMillis);
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

  private List<PartitionCall> calls(List<KeyEvents> changes, long nowMillis) {
    PartitionCall[] open = new PartitionCall[StateKeys.PARTITIONS];
    List<PartitionCall> calls = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      KeyEvents change = changes.get(i);
      int partition = keys.partition(change.key());
      if (open[partition] == null || open[partition].isFull()) {
        open[partition] = new PartitionCall(step, partition, nowMillis);
        calls.add(open[partition]);
      }
      open[partition].add(i, change);
    }
    return calls;
  }

  private void send(List<PartitionCall> calls) {
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
  private long repeatUnknown(List<PartitionCall> calls, int from, long deadline) {
    metrics.count(Metric.REDIS_RETRIES, 1);
    List<PartitionCall> unknown = new ArrayList<>();
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

  private void await(List<PartitionCall> calls, int index, long deadline) {
    if (!redis.await(calls.get(index).reply(), deadline)) {
      calls.forEach(call -> call.reply().cancel(true));
      throw new StateStoreException("state store " + redis + " did not answer in time", null);
    }
  }
}
