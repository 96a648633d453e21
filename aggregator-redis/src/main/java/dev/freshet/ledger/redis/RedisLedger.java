package dev.freshet.ledger.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerStore;
import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.redis.ScriptArguments;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the ledgers of functions in Redis, each as one hash: {@code ledger:<function>} with the
 * fields {@code <stream>|<shard>|<group>|<fate>}, and {@code since}, the time of its first entry.
 *
 * <p>An entry is one call of a script, so that all of it is added, or nothing. It is sent and not
 * waited for: a function's work does not take longer for it. If an instance dies before the call
 * has left it, the entry is lost as a whole.
 */
public final class RedisLedger implements LedgerStore {

  private static final Script SCRIPT = Script.beside(RedisLedger.class, "add.lua");

  private final Redis redis;

  /** Whether the script may be unknown, or the ledger not be listed; then a call is waited for. */
  private volatile boolean isNew = true;

  public RedisLedger(Redis redis) {
    this.redis = redis;
  }

  @Override
  public CompletionStage<Void> add(String function, LedgerEntry entry) {
    try {
      if (isNew) {
        prepare(function);
      }
      return redis
          .pipeline(
              commands ->
                  SCRIPT.callForBytes(commands, arguments(LedgerKeys.ledger(function), entry)))
          .thenAccept(answer -> isNew |= answer[0] == '1')
          .whenComplete((done, failure) -> isNew |= failure != null);
    } catch (RuntimeException e) { // of Redis, or of a client that is closed
      isNew = true;
      return CompletableFuture.failedStage(e);
    }
  }

  /** Loads the script, and notes the function's name, so that readers find the ledger. */
  private void prepare(String function) {
    Script.load(redis, SCRIPT);
    Long unused =
        redis.ask(commands -> commands.sadd(LedgerKeys.LEDGERS, function.getBytes(UTF_8)));
    isNew = false;
  }

  private static ScriptArguments arguments(byte[] key, LedgerEntry entry) {
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
    return arguments;
  }
}
