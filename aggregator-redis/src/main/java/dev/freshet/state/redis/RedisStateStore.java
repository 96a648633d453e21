package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.StateKind;
import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ZAddArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Keeps the state in Redis. An entity is a list: a snapshot, and the records since. A step appends
 * a record and reads the records that this function has not read yet; {@code EntityState} folds
 * them.
 *
 * <p>Safe for use by several threads, one at a time, and by several processes at once.
 */
public final class RedisStateStore implements StateStore {

  private static final Duration LONGEST_PERIOD = Duration.ofHours(1);

  /** More rounds than any batch needs: each round reads at least one entity of every call. */
  private static final int MOST_ROUNDS = 4 * StepCall.MOST_ENTITIES;

  /** The default size of the cache: a quarter of the heap. */
  private static final long USUAL_CACHE_BYTES = Runtime.getRuntime().maxMemory() / 4;

  private final FeatureGroup group;
  private final Redis redis;
  private final StateKeys keys;
  private final Generations generations;
  private final RecordCodec codec;
  private final EntityCache cache;
  private final Duration timeToLive;
  private final long periodMillis;
  private final long expiryMillis;
  private final Metrics metrics;
  private final Script step = Script.beside(RedisStateStore.class, "step.lua");
  private final Script snapshot = Script.beside(RedisStateStore.class, "snapshot.lua");

  private RedisStateStore(
      FeatureGroup group,
      Redis redis,
      Duration timeToLive,
      long cacheBytes,
      boolean mayBegin,
      Metrics metrics) {
    this.group = group;
    this.redis = redis;
    this.keys = new StateKeys(group.name());
    this.generations = new Generations(group, mayBegin, metrics);
    this.codec = new RecordCodec(group);
    this.cache = new EntityCache(cacheBytes);
    this.timeToLive = timeToLive;
    this.metrics = metrics;
    long needed =
        group.kinds().stream()
            .mapToLong(kind -> kind.retentionMillis(timeToLive.toMillis()))
            .max()
            .orElseThrow();
    // Keys in use never expire: once in a period each function reads the whole list of an entity,
    // which renews its time to live. So the time to live is one period longer than needed.
    this.periodMillis = Math.min(LONGEST_PERIOD.toMillis(), Math.max(1, needed / 4));
    this.expiryMillis = needed + periodMillis;
  }

  /**
   * Creates the state store of a feature group.
   *
   * @param timeToLive how long the state of an entity with last events outlives its last write
   */
  public static RedisStateStore of(
      FeatureGroup group, Redis redis, Duration timeToLive, Metrics metrics) {
    return of(group, redis, timeToLive, USUAL_CACHE_BYTES, metrics);
  }

  /**
   * Creates the state store of a feature group, with a given size of the cache.
   *
   * @param cacheBytes about how many bytes the cached entities may take
   */
  public static RedisStateStore of(
      FeatureGroup group, Redis redis, Duration timeToLive, long cacheBytes, Metrics metrics) {
    return new RedisStateStore(group, redis, timeToLive, cacheBytes, true, metrics);
  }

  /**
   * Creates a state store for tools that work beside the group's function: if the state is of
   * another declaration, every step fails.
   *
   * @param timeToLive the same as in the function
   */
  public static RedisStateStore joining(
      FeatureGroup group, Redis redis, Duration timeToLive, Metrics metrics) {
    return new RedisStateStore(group, redis, timeToLive, USUAL_CACHE_BYTES, false, metrics);
  }

  @Override
  public synchronized void apply(List<KeyEvents> changes, long nowMillis, Receiver receiver) {
    List<EntityStep> steps = steps(changes, nowMillis);
    try {
      List<EntityStep> unread = steps;
      for (int round = 0; !unread.isEmpty(); round++) {
        if (round == MOST_ROUNDS) {
          throw new StateStoreException(
              "the state of "
                  + group
                  + " changes between declarations: deploy all functions with one version",
              null);
        }
        unread = deliver(calls(unread, nowMillis), receiver);
      }
      completeIndex(steps);
      putSnapshots(steps);
      redis.awaitReplicas(steps.stream().map(EntityStep::list));
    } catch (RedisException e) {
      throw new StateStoreException("state store " + redis + ": " + e.getMessage(), e);
    }
    steps.forEach(each -> cache.put(each.entity(), each.cached()));
  }

  private List<EntityStep> steps(List<KeyEvents> changes, long nowMillis) {
    List<EntityStep> steps = new ArrayList<>(changes.size());
    for (int i = 0; i < changes.size(); i++) {
      KeyEvents change = changes.get(i);
      int partition = keys.partition(change.key());
      CachedEntity cached = cached(change.key(), nowMillis);
      steps.add(new EntityStep(group, codec, i, partition, change, cached, timeToLive, nowMillis));
    }
    return steps;
  }

  /**
   * Removes an entity from the cache for its step, so that a failed step leaves no wrong copy
   * there.
   */
  private CachedEntity cached(String entity, long nowMillis) {
    CachedEntity known = cache.take(entity);
    return known != null && known.isReadSince(nowMillis - periodMillis, nowMillis)
        ? known
        : new CachedEntity(group, entity);
  }

  /**
   * Groups steps into calls. On one server a call may cover several partitions; in a cluster one,
   * as each may be on another node.
   */
  private List<StepCall> calls(List<EntityStep> steps, long nowMillis) {
    List<StepCall> calls = new ArrayList<>();
    StepCall last = null;
    for (List<EntityStep> part : byPartition(steps)) {
      if (last == null || redis.isCluster() || !last.hasRoomFor(part.size())) {
        last = new StepCall(keys, generations, group.movesWithTime(), expiryMillis, nowMillis);
        calls.add(last);
      }
      last.add(part.get(0).partition(), part);
    }
    return calls;
  }

  /** Groups steps by partition, at most as many as fit a call. */
  private static List<List<EntityStep>> byPartition(List<EntityStep> steps) {
    List<List<EntityStep>> full = new ArrayList<>();
    List<List<EntityStep>> open = new ArrayList<>(Collections.nCopies(StateKeys.PARTITIONS, null));
    for (EntityStep each : steps) {
      List<EntityStep> part = open.get(each.partition());
      if (part == null || part.size() == StepCall.MOST_ENTITIES) {
        part = new ArrayList<>();
        open.set(each.partition(), part);
        full.add(part);
      }
      part.add(each);
    }
    return full;
  }

  /** Sends calls, and folds each reply while the server works on the next calls. */
  private List<EntityStep> deliver(List<StepCall> calls, Receiver receiver) {
    List<EntityStep> unread = new ArrayList<>();
    send(calls);
    long deadline = redis.deadline();
    for (int i = 0; i < calls.size(); i++) {
      await(calls, i, deadline);
      if (Script.isUnknown(calls.get(i).reply())) {
        deadline = repeatUnknown(calls, i, deadline);
      }
      unread.addAll(calls.get(i).deliver(receiver));
    }
    return unread;
  }

  private void send(List<StepCall> calls) {
    redis.pipeline(
        commands -> {
          calls.forEach(call -> call.send(step, commands));
          return null;
        });
  }

  /**
   * Loads the scripts and repeats the calls that failed because a server did not know them: it is
   * new, or was restarted or flushed. Returns the new deadline for these and all later calls.
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
    step.load(redis);
    snapshot.load(redis);
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

  /** Adds to the index the few changes that only the fold can find. */
  private void completeIndex(List<EntityStep> steps) {
    List<EntityStep> earlier =
        steps.stream().filter(each -> each.indexedMillis() != StateKind.FOREVER).toList();
    if (!earlier.isEmpty() && group.movesWithTime()) {
      awaitAll(
              redis.pipeline(
                  commands ->
                      earlier.stream()
                          .map(
                              each ->
                                  commands.zadd(
                                      keys.index(each.partition()),
                                      ZAddArgs.Builder.lt(),
                                      (double) each.indexedMillis(),
                                      each.entity().getBytes(UTF_8)))
                          .toList()))
          .forEach(Replies::value);
    }
  }

  private void putSnapshots(List<EntityStep> steps) {
    List<SnapshotCall> calls = new ArrayList<>();
    for (EntityStep each : steps) {
      if (each.cached().isSnapshotDue()) {
        calls.add(new SnapshotCall(each));
      }
    }
    if (!calls.isEmpty()) {
      List<RedisFuture<byte[]>> replies = awaitAll(sendSnapshots(calls));
      if (replies.stream().anyMatch(Script::isUnknown)) {
        snapshot.load(redis);
        replies = awaitAll(sendSnapshots(calls));
      }
      for (int i = 0; i < calls.size(); i++) {
        calls.get(i).finish(Replies.value(replies.get(i)));
      }
    }
  }

  private List<RedisFuture<byte[]>> sendSnapshots(List<SnapshotCall> calls) {
    return redis.pipeline(
        commands -> calls.stream().map(call -> call.send(snapshot, commands)).toList());
  }

  private <T> List<RedisFuture<T>> awaitAll(List<RedisFuture<T>> asked) {
    if (!redis.awaitAll(asked)) {
      throw new StateStoreException("state store " + redis + " did not answer in time", null);
    }
    return asked;
  }
}
