package dev.freshet.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A Lua script, called by its digest. Redis runs it as one atomic step. */
public final class Script {

  private final byte[] text;
  private final String sha;

  private Script(String text) {
    this.text = text.getBytes(UTF_8);
    this.sha = sha1(this.text);
  }

  /**
   * Loads a script from the class path.
   *
   * @param neighbour a class in the same package
   */
  public static Script beside(Class<?> neighbour, String name) {
    return new Script(read(neighbour, name));
  }

  private static String read(Class<?> neighbour, String name) {
    try (InputStream in = neighbour.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no script " + name + " in the package of " + neighbour);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends the whole script, for calls that are rare; its answer is a list. */
  public List<byte[]> evaluate(Redis redis, byte[] key, byte[]... arguments) {
    return redis.ask(
        commands -> commands.eval(text, ScriptOutputType.MULTI, new byte[][] {key}, arguments));
  }

  /** Issues a call; its answer is one string of bytes. */
  public RedisFuture<byte[]> callForBytes(
      RedisClusterAsyncCommands<byte[], byte[]> commands, ScriptArguments arguments) {
    return commands.dispatch(
        CommandType.EVALSHA, new ValueOutput<>(ByteArrayCodec.INSTANCE), arguments.of(sha));
  }

  /** Issues a call; its answer is a list. */
  public RedisFuture<List<Object>> call(
      RedisClusterAsyncCommands<byte[], byte[]> commands, byte[][] keys, byte[]... arguments) {
    return commands.evalsha(sha, ScriptOutputType.MULTI, keys, arguments);
  }

  /** Returns whether a call failed because the server does not know the script. */
  public static boolean isUnknown(RedisFuture<?> call) {
    return call.toCompletableFuture()
        .handle((value, failure) -> failure instanceof RedisNoScriptException)
        .getNow(false);
  }

  /** Loads scripts into the server, all at once; in a cluster, into every master. */
  public static void load(Redis redis, Script... scripts) {
    redis.awaitAll(
        redis.pipeline(
            commands ->
                Arrays.stream(scripts).map(each -> commands.scriptLoad(each.text)).toList()));
  }

  private static String sha1(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
