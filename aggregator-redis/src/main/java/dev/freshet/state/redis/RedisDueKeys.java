package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.StateKind;
import dev.freshet.redis.Redis;
import dev.freshet.state.Archive;
import dev.freshet.state.DueKeys;
import dev.freshet.state.KeyState;
import dev.freshet.state.PartitionRange;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScoredValueScanCursor;
import io.lettuce.core.ZAddArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The index of due keys in Redis: a sorted set for each partition of the group. */
public final class RedisDueKeys implements DueKeys {

  private static final ScanArgs PAGE = ScanArgs.Builder.limit(1_000);

  private final Redis redis;
  private final StateKeys keys;
  private final boolean isArchived;
  private final Duration awake;
  private final PartitionRange range;

  /** Creates the index of a group without history. */
  public RedisDueKeys(FeatureGroup group, Redis redis) {
    this(group, redis, Duration.ZERO);
  }

  /**
   * @param awake how long the state of an archived entity outlives its last change
   */
  public RedisDueKeys(FeatureGroup group, Redis redis, Duration awake) {
    this(redis, new StateKeys(group.name()), group.hasHistory(), awake, PartitionRange.ALL);
  }

  private RedisDueKeys(
      Redis redis, StateKeys keys, boolean isArchived, Duration awake, PartitionRange range) {
    this.redis = redis;
    this.keys = keys;
    this.isArchived = isArchived;
    this.awake = awake;
    this.range = range;
  }

  @Override
  public RedisDueKeys in(PartitionRange other) {
    return new RedisDueKeys(redis, keys, isArchived, awake, other);
  }

  @Override
  public List<DueKey> due(long nowMillis, int most) {
    return due(keys.indexes(range), nowMillis, most);
  }

  @Override
  public List<String> toArchive(long nowMillis, int most) {
    return isArchived
        ? due(keys.archiveIndexes(range), nowMillis, most).stream().map(DueKey::key).toList()
        : List.of();
  }

  private List<DueKey> due(List<byte[]> indexes, long nowMillis, int most) {
    Range<Long> past = Range.from(Range.Boundary.unbounded(), Range.Boundary.including(nowMillis));
    Limit share = Limit.from((most + indexes.size() - 1) / indexes.size());
    return answers(
            commands ->
                indexes.stream()
                    .map(index -> commands.zrangebyscoreWithScores(index, past, share))
                    .toList())
        .stream()
        .flatMap(List::stream)
        .map(entry -> new DueKey(new String(entry.getValue(), UTF_8), (long) entry.getScore()))
        .toList();
  }

  @Override
  public OptionalLong next() {
    List<byte[]> indexes = new ArrayList<>(keys.indexes(range));
    if (isArchived) {
      indexes.addAll(keys.archiveIndexes(range));
    }
    return answers(
            commands ->
                indexes.stream().map(index -> commands.zrangeWithScores(index, 0, 0)).toList())
        .stream()
        .flatMap(List::stream)
        .mapToLong((ScoredValue<byte[]> entry) -> (long) entry.getScore())
        .min();
  }

  /** Returns how many entities change by time alone. */
  public long size() {
    return answers(commands -> keys.indexes(range).stream().map(commands::zcard).toList()).stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  @Override
  public void settle(List<Settled> published) {
    if (isArchived) {
      notePublished(published);
    }
    var unused = Replies.checked(redis, () -> ScriptCall.make(redis, calls(published)));
  }

  /** Has the features of entities that are awake archived, too, unless that is due already. */
  private void notePublished(List<Settled> published) {
    archiveAgain(
        published.stream().filter(each -> !each.state().place().snapshot().isAsleep()).toList(),
        ZAddArgs.Builder.nx());
  }

  @Override
  public void archiveLater(List<Settled> entities) {
    archiveAgain(entities, new ZAddArgs());
  }

  private void archiveAgain(List<Settled> entities, ZAddArgs when) {
    var unused =
        answers(
            commands -> entities.stream().map(each -> archiveAgain(commands, each, when)).toList());
  }

  private RedisFuture<Long> archiveAgain(
      RedisClusterAsyncCommands<byte[], byte[]> commands, Settled entity, ZAddArgs when) {
    return commands.zadd(
        keys.archiveIndex(keys.partition(entity.key())),
        when,
        (double) archiveAgainMillis(entity.state()),
        entity.key().getBytes(UTF_8));
  }

  private static long archiveAgainMillis(KeyState state) {
    return state.asOfMillis() + Archive.LONGEST_DELAY.toMillis();
  }

  @Override
  public void settleArchived(List<Settled> archived) {
    Map<Integer, ScriptCall> calls = new TreeMap<>();
    for (Settled each : archived) {
      ScriptCall call = calls.computeIfAbsent(keys.partition(each.key()), this::archivedCall);
      addEntity(call, each);
      call.argument(archiveAgainMillis(each.state()));
    }
    var unused = Replies.checked(redis, () -> ScriptCall.make(redis, List.copyOf(calls.values())));
  }

  private ScriptCall archivedCall(int partition) {
    ScriptCall call = new ScriptCall(ScriptCall.SETTLE_ARCHIVED);
    call.key(keys.archiveIndex(partition));
    call.argument(awake.toMillis());
    return call;
  }

  private List<ScriptCall> calls(List<Settled> published) {
    Map<Integer, ScriptCall> calls = new TreeMap<>();
    for (Settled each : published) {
      KeyState state = each.state();
      ScriptCall call = calls.computeIfAbsent(keys.partition(each.key()), this::call);
      addEntity(call, each);
      call.argument(
          state.validUntilMillis() == KeyState.FOREVER
              ? ""
              : Long.toString(state.validUntilMillis()));
      call.argument(state.isEmpty() && !isArchived ? "1" : "");
    }
    return List.copyOf(calls.values());
  }

  /** Adds what tells whether an entity's list has changed since it was read. */
  private static void addEntity(ScriptCall call, Settled entity) {
    CachedEntity.Read read = (CachedEntity.Read) entity.state().place();
    call.key(read.list());
    call.argument(entity.key());
    call.argument(read.header());
    call.argument(read.length());
  }

  private ScriptCall call(int partition) {
    ScriptCall call = new ScriptCall(ScriptCall.SETTLE);
    call.key(keys.index(partition));
    return call;
  }

  /** Adds entries, unless an entity is due before. */
  public void add(List<DueKey> entries) {
    var unused =
        answers(
            commands ->
                entries.stream()
                    .map(
                        each ->
                            commands.zadd(
                                keys.index(keys.partition(each.key())),
                                ZAddArgs.Builder.lt(),
                                (double) each.dueMillis(),
                                each.key().getBytes(UTF_8)))
                    .toList());
  }

  /** Passes on all entities that are in the index, page by page; one may come several times. */
  public void forEach(Consumer<List<String>> pages) {
    for (byte[] index : keys.indexes(range)) {
      ScanCursor reached = ScanCursor.INITIAL;
      while (!reached.isFinished()) {
        ScanCursor from = reached;
        ScoredValueScanCursor<byte[]> page =
            Replies.checked(redis, () -> redis.ask(commands -> commands.zscan(index, from, PAGE)));
        pages.accept(
            page.getValues().stream().map(each -> new String(each.getValue(), UTF_8)).toList());
        reached = page;
      }
    }
  }

  /** Adds the few changes that only the fold can find, in the partitions of their entities. */
  void complete(List<EntityStep> steps) {
    List<EntityStep> earlier =
        steps.stream().filter(each -> each.indexedMillis() != StateKind.FOREVER).toList();
    if (!earlier.isEmpty()) {
      Replies.await(redis, commands -> earlier.stream().map(each -> add(commands, each)).toList())
          .forEach(Redis::value);
    }
  }

  private RedisFuture<Long> add(
      RedisClusterAsyncCommands<byte[], byte[]> commands, EntityStep step) {
    return commands.zadd(
        keys.index(step.partition()),
        ZAddArgs.Builder.lt(),
        (double) step.indexedMillis(),
        step.entity().getBytes(UTF_8));
  }

  private <T> List<T> answers(
      Function<RedisClusterAsyncCommands<byte[], byte[]>, List<RedisFuture<T>>> questions) {
    return Replies.checked(
        redis, () -> Replies.await(redis, questions).stream().map(Redis::value).toList());
  }
}
