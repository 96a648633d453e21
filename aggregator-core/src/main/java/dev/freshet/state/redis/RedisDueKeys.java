package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.state.DueKeys;
import dev.freshet.state.StateStoreException;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** The index of due instants in Redis: a sorted set for each partition of the group. */
public final class RedisDueKeys implements DueKeys {

  private final Redis redis;
  private final StateKeys keys;
  private final Script settle = new Script(Script.read(RedisDueKeys.class, "settle.lua"));

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
    List<RedisFuture<List<Object>>> calls = send(published);
    if (calls.stream().anyMatch(Script::isUnknown)) {
      settle.load(redis);
      calls = send(published);
    }
    calls.forEach(this::value);
  }

  private List<RedisFuture<List<Object>>> send(List<Settled> published) {
    List<RedisFuture<List<Object>>> calls =
        redis.pipeline(commands -> published.stream().map(each -> call(commands, each)).toList());
    if (!redis.awaitAll(calls)) {
      throw new StateStoreException("state store " + redis + " did not answer in time", null);
    }
    return calls;
  }

  private RedisFuture<List<Object>> call(
      RedisClusterAsyncCommands<byte[], byte[]> commands, Settled settled) {
    OptionalLong change = settled.nextChange();
    return settle.call(
        commands,
        keys.timeline(settled.key()),
        settled.key().getBytes(UTF_8),
        bytes(Long.toString(settled.version())),
        bytes(change.isPresent() ? Long.toString(change.getAsLong()) : ""));
  }

  private <T> List<T> answers(
      Function<RedisClusterAsyncCommands<byte[], byte[]>, List<RedisFuture<T>>> questions) {
    try {
      List<RedisFuture<T>> asked = redis.pipeline(questions);
      if (!redis.awaitAll(asked)) {
        throw new StateStoreException("state store " + redis + " did not answer in time", null);
      }
      return asked.stream().map(this::value).toList();
    } catch (RedisException e) {
      throw new StateStoreException("state store " + redis + ": " + e.getMessage(), e);
    }
  }

  private <T> T value(RedisFuture<T> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (RuntimeException e) {
      throw new StateStoreException("state store " + redis + ": " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
