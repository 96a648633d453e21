package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Script;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;

/** The keys and arguments of one call of a script. */
final class ScriptCall {

  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte[]> arguments = new ArrayList<>();

  void key(byte[] key) {
    keys.add(key);
  }

  void argument(byte[] argument) {
    arguments.add(argument);
  }

  void argument(String text) {
    argument(text.getBytes(UTF_8));
  }

  /** Issues the call. */
  RedisFuture<byte[]> send(Script script, RedisClusterAsyncCommands<byte[], byte[]> commands) {
    return script.callForBytes(
        commands, keys.toArray(byte[][]::new), arguments.toArray(byte[][]::new));
  }
}
