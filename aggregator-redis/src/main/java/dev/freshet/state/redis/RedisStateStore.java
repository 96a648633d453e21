package dev.freshet.state.redis;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.Coverage;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.Archive;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Keeps the state in Redis. An entity is a list: a snapshot, and the records since. A step appends
 * a record and reads the records that this function has not read yet; {@code EntityState} folds
 * them.
 *
 * <p>Safe for use by several threads, one at a time, and by several processes at once.
 */
public final class RedisStateStore implements StateStore {

  /** How long a function may not know yet that its group was backfilled. */
  public static final Duration BACKFILL_KNOWN_AFTER =
      Duration.ofMillis(KnownDeclarations.PERIOD_MILLIS).plusSeconds(15);

  private static final Duration LONGEST_PERIOD = Duration.ofHours(1);

  /** The default size of the cache: a quarter of the heap. */
  private static final long USUAL_CACHE_BYTES = Runtime.getRuntime().maxMemory() / 4;

  private final FeatureGroup group;
  private final Redis redis;
  private final StateKeys keys;
  private final KnownDeclarations declarations;
  private final RecordCodec codec;
  private final StateSnapshots snapshots;
  private final EntityCache cache;
  private final Duration timeToLive;
  private final long periodMillis;
  private final StepCalls calls;
  private final RedisDueKeys index;

  private RedisStateStore(
      FeatureGroup group,
      Redis redis,
      Duration timeToLive,
      long cacheBytes,
      Archive archive,
      boolean mayDeclare,
      Metrics metrics) {
    if (group.hasHistory() && archive == Archive.NONE) {
      throw new IllegalArgumentException(group + " has history: its state store needs an archive");
    }
    this.group = group;
    this.redis = redis;
    this.keys = new StateKeys(group.name());
    this.declarations = new KnownDeclarations(group, keys, redis, archive, mayDeclare);
    this.codec = new RecordCodec(group, declarations);
    this.snapshots = new StateSnapshots(group, declarations, timeToLive);
    this.cache = new EntityCache(cacheBytes);
    this.timeToLive = timeToLive;
    this.index = new RedisDueKeys(group, redis);
    long needed =
        group.kinds().stream()
            .mapToLong(kind -> kind.retentionMillis(timeToLive.toMillis()))
            .max()
            .orElseThrow();
    // Keys in use never expire: once in a period each function reads the whole list of an entity,
    // which renews its time to live. So the time to live is one period longer than needed.
    this.periodMillis = Math.min(LONGEST_PERIOD.toMillis(), Math.max(1, needed / 4));
    this.calls = new StepCalls(group, redis, declarations, archive, needed + periodMillis, metrics);
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
    return of(group, redis, timeToLive, cacheBytes, Archive.NONE, metrics);
  }

  /**
   * Creates the state store of a feature group.
   *
   * @param archive what has the entities that Redis may forget; {@link Archive#NONE} if the group
   *     has no history
   */
  public static RedisStateStore of(
      FeatureGroup group,
      Redis redis,
      Duration timeToLive,
      long cacheBytes,
      Archive archive,
      Metrics metrics) {
    return new RedisStateStore(group, redis, timeToLive, cacheBytes, archive, true, metrics);
  }

  /**
   * Creates a state store for tools that work beside the group's function: if the state is of
   * another declaration, every step fails.
   *
   * @param timeToLive the same as in the function
   */
  public static RedisStateStore joining(
      FeatureGroup group, Redis redis, Duration timeToLive, Archive archive, Metrics metrics) {
    return new RedisStateStore(
        group, redis, timeToLive, USUAL_CACHE_BYTES, archive, false, metrics);
  }

  @Override
  public synchronized void apply(List<KeyEvents> changes, long nowMillis, Receiver receiver) {
    begin(changes, nowMillis).finish(receiver);
  }

  /** Sends the steps; so the server works on them while the caller begins those of other groups. */
  @Override
  public synchronized Steps begin(List<KeyEvents> changes, long nowMillis) {
    return Replies.checked(redis, () -> send(changes, nowMillis));
  }

  /**
   * Returns the seam up to which history is missing; empty if none is. Declares nothing.
   *
   * @throws StateStoreException if another declaration is at work, or none; or if the state store
   *     or the archive did not answer
   */
  public synchronized OptionalLong seam() {
    long seam = Replies.checked(redis, declarations::join).seamMillis();
    return seam == Coverage.ALWAYS ? OptionalLong.empty() : OptionalLong.of(seam);
  }

  /**
   * Notes that the history of all entities was backfilled up to the seam. All functions know it
   * {@link #BACKFILL_KNOWN_AFTER} later.
   */
  public synchronized void noteBackfilled(long seamMillis) {
    cache.clear();
    var unused = Replies.checked(redis, () -> declarations.noteBackfilled(seamMillis));
  }

  private Steps send(List<KeyEvents> changes, long nowMillis) {
    if (declarations.declare(nowMillis)) {
      cache.clear(); // each copy has the coverage of its time
    }
    List<EntityStep> steps = steps(changes, nowMillis);
    StepCalls.Round first = calls.send(steps, nowMillis);
    return receiver -> finish(steps, first, nowMillis, receiver);
  }

  private synchronized void finish(
      List<EntityStep> steps, StepCalls.Round first, long nowMillis, Receiver receiver) {
    List<EntityStep> finished =
        Replies.checked(
            redis,
            () -> {
              calls.finish(first, nowMillis, receiver);
              if (group.movesWithTime()) {
                index.complete(steps);
              }
              SnapshotCall.sendDue(redis, steps);
              redis.awaitReplicas(steps.stream().map(EntityStep::list));
              return steps;
            });
    finished.forEach(each -> cache.put(each.entity(), each.cached()));
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
        : new CachedEntity(snapshots, entity);
  }
}
