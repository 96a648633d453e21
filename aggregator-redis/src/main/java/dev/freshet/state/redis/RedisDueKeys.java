package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.state.DueKeys;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStoreException;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** The index of due keys in Redis: a sorted set for each partition of the group. */
public final class RedisDueKeys implements DueKeys {

  private final Redis redis;
  private final StateKeys keys;
  private final Script settle = Script.beside(RedisDueKeys.class, "settle.lua");

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
    List<RedisFuture<byte[]>> answers = send(calls);
    if (answers.stream().anyMatch(Script::isUnknown)) {
      settle.load(redis);
      answers = send(calls);
    }
    answers.forEach(this::value);
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
    ScriptCall call = new ScriptCall();
    call.key(keys.index(partition));
    return call;
  }

  private List<RedisFuture<byte[]>> send(List<ScriptCall> calls) {
    return answered(
        redis.pipeline(
            commands -> calls.stream().map(call -> call.send(settle, commands)).toList()));
  }

  private <T> List<T> answers(
      Function<RedisClusterAsyncCommands<byte[], byte[]>, List<RedisFuture<T>>> questions) {
    try {
      return answered(redis.pipeline(questions)).stream().map(this::value).toList();
    } catch (RedisException e) {
      throw new StateStoreException("state store " + redis + ": " + e.getMessage(), e);
    }
  }

  private <T> List<RedisFuture<T>> answered(List<RedisFuture<T>> asked) {
    if (!redis.awaitAll(asked)) {
      throw new StateStoreException("state store " + redis + " did not answer in time", null);
    }
    return asked;
  }

  private <T> T value(RedisFuture<T> answer) {
    try {
      return Replies.value(answer);
    } catch (RedisException e) {
      throw new StateStoreException("state store " + redis + ": " + e.getMessage(), e);
    }
  }
}
