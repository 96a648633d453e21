package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.StateKind;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStoreException;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ZAddArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The index of due keys in Redis: a sorted set for each partition of the group. */
public final class RedisDueKeys implements DueKeys {

  private final Redis redis;
  private final StateKeys keys;

  public RedisDueKeys(FeatureGroup group, Redis redis) {
    this.redis = redis;
    this.keys = new StateKeys(group.name());
  }

  @Override
  public List<DueKey> due(long nowMillis, int most) {
    List<byte[]> indexes = keys.indexes();
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
    List<byte[]> indexes = keys.indexes();
    return answers(
            commands ->
                indexes.stream().map(index -> commands.zrangeWithScores(index, 0, 0)).toList())
        .stream()
        .flatMap(List::stream)
        .mapToLong((ScoredValue<byte[]> entry) -> (long) entry.getScore())
        .min();
  }

  @Override
  public void settle(List<Settled> published) {
    List<ScriptCall> calls = calls(published);
    var unused = checked(() -> ScriptCall.make(redis, calls));
  }

  private List<ScriptCall> calls(List<Settled> published) {
    Map<Integer, ScriptCall> calls = new TreeMap<>();
    for (Settled each : published) {
      KeyState state = each.state();
      CachedEntity.Read read = (CachedEntity.Read) state.place();
      ScriptCall call = calls.computeIfAbsent(keys.partition(each.key()), this::call);
      call.key(read.list());
      call.argument(each.key());
      call.argument(read.header());
      call.argument(Integer.toString(read.length()));
      call.argument(
          state.validUntilMillis() == KeyState.FOREVER
              ? ""
              : Long.toString(state.validUntilMillis()));
      call.argument(state.isEmpty() ? "1" : "");
    }
    return List.copyOf(calls.values());
  }

  private ScriptCall call(int partition) {
    ScriptCall call = new ScriptCall(ScriptCall.SETTLE);
    call.key(keys.index(partition));
    return call;
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
    return checked(() -> Replies.await(redis, questions).stream().map(Redis::value).toList());
  }

  private <T> T checked(Supplier<T> question) {
    try {
      return question.get();
    } catch (RedisException e) {
      throw new StateStoreException("state store " + redis + ": " + e.getMessage(), e);
    }
  }
}
