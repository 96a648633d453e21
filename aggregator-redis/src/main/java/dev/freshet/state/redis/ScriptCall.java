package dev.freshet.state.redis;

import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.redis.ScriptArguments;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;

/** The keys and arguments of one call of a script of the state. */
final class ScriptCall {

  static final Script STEP = Script.beside(ScriptCall.class, "step.lua");
  static final Script SNAPSHOT = Script.beside(ScriptCall.class, "snapshot.lua");
  static final Script SETTLE = Script.beside(ScriptCall.class, "settle.lua");
  static final Script SETTLE_ARCHIVED = Script.beside(ScriptCall.class, "settle_archived.lua");

  private final Script script;
  private final ScriptArguments arguments = new ScriptArguments();

  ScriptCall(Script script) {
    this.script = script;
  }

  void key(byte[] key) {
    arguments.key(key);
  }

  void argument(byte[] argument) {
    arguments.argument(argument);
  }

  void argument(String text) {
    arguments.argument(text);
  }

  /** Adds the decimal digits of a number. */
  void argument(long number) {
    arguments.argument(number);
  }

  /** Issues the call. */
  RedisFuture<byte[]> send(RedisClusterAsyncCommands<byte[], byte[]> commands) {
    return script.callForBytes(commands, arguments);
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
