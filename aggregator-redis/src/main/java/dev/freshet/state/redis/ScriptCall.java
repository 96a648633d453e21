package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;

/** The keys and arguments of one call of a script of the state. */
final class ScriptCall {

  static final Script STEP = Script.beside(ScriptCall.class, "step.lua");
  static final Script SNAPSHOT = Script.beside(ScriptCall.class, "snapshot.lua");
  static final Script SETTLE = Script.beside(ScriptCall.class, "settle.lua");
  static final Script SETTLE_ARCHIVED = Script.beside(ScriptCall.class, "settle_archived.lua");

  private final Script script;
  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte[]> arguments = new ArrayList<>();

  ScriptCall(Script script) {
    this.script = script;
  }

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
  RedisFuture<byte[]> send(RedisClusterAsyncCommands<byte[], byte[]> commands) {
    return script.callForBytes(
        commands, keys.toArray(byte[][]::new), arguments.toArray(byte[][]::new));
  }

  /** Makes calls together, again if the server did not know the scripts; returns the replies. */
  static List<byte[]> make(Redis redis, List<ScriptCall> calls) {
    List<RedisFuture<byte[]>> replies = sendAll(redis, calls);
    if (replies.stream().anyMatch(Script::isUnknown)) {
      loadScripts(redis);
      replies = sendAll(redis, calls);
    }
    return replies.stream().map(Redis::value).toList();
  }

  private static List<RedisFuture<byte[]>> sendAll(Redis redis, List<ScriptCall> calls) {
    return Replies.await(
        redis, commands -> calls.stream().map(call -> call.send(commands)).toList());
  }

  /** Gives the server all scripts of the state. */
  static void loadScripts(Redis redis) {
    Script.load(redis, STEP, SNAPSHOT, SETTLE, SETTLE_ARCHIVED);
  }
}
