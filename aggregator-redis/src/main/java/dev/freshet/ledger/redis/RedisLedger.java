package dev.freshet.ledger.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerStore;
import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.redis.ScriptArguments;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import java.util.stream.Stream;

/**
 * Keeps the ledgers of functions in Redis, each as one hash: {@code ledger:<function>} with the
 * fields {@code <stream>|<shard>|<group>|<fate>}, and {@code since}, the time of its first entry.
 *
 * <p>An entry is one call of a script, so that all of it is added, or nothing.
 */
public final class RedisLedger implements LedgerStore {

  private static final Script SCRIPT = Script.beside(RedisLedger.class, "add.lua");

  private final Redis redis;
  private volatile boolean mayBeUnlisted = true;

  public RedisLedger(Redis redis) {
    this.redis = redis;
  }

  @Override
  public void add(String function, LedgerEntry entry) {
    byte[] key = LedgerKeys.ledger(function);
    RedisFuture<byte[]> call = call(key, entry);
    if (Script.isUnknown(call)) {
      Script.load(redis, SCRIPT);
      call = call(key, entry);
    }
    boolean isFirst = Redis.value(call)[0] == '1';
    if (isFirst || mayBeUnlisted) {
      list(function);
    }
    redis.awaitReplicas(Stream.of(key));
  }

  private RedisFuture<byte[]> call(byte[] key, LedgerEntry entry) {
    ScriptArguments arguments = new ScriptArguments();
    arguments.key(key);
    entry.forEach(
        (line, counts) -> {
          String prefix = LedgerKeys.prefix(line);
          counts.accept(
              (fate, number) -> {
                arguments.argument(prefix + fate.label());
                arguments.argument(number);
              });
        });
    RedisFuture<byte[]> call = redis.pipeline(commands -> SCRIPT.callForBytes(commands, arguments));
    if (!redis.await(call)) {
      call.cancel(true);
      throw new RedisException("Redis " + redis + " did not answer in time");
    }
    return call;
  }

  /** Notes the name, so that readers find the ledger; tried again with the next entry. */
  private void list(String function) {
    try {
      Long unused =
          redis.ask(commands -> commands.sadd(LedgerKeys.LEDGERS, function.getBytes(UTF_8)));
      mayBeUnlisted = false;
    } catch (RedisException e) {
      mayBeUnlisted = true;
    }
  }
}
