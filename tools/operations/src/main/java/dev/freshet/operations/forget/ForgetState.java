package dev.freshet.operations.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import java.util.function.Consumer;

/**
 * Removes the state of a group, or of one of its entities: what is held of its events, its due
 * instants, and of a whole group its lease.
 */
public final class ForgetState {

  private final Redis redis;
  private final Forgotten what;
  private long keys;
  private long dueInstants;

  public ForgetState(Redis redis, Forgotten what) {
    this.redis = redis;
    this.what = what;
  }

  public void run() {
    scan("log", this::forgetList);
    scan("due", this::forgetIndex);
    if (what.entity().isEmpty()) {
      scan("clock", this::remove);
      remove(("recalculation:" + what.featureGroup()).getBytes(UTF_8));
    }
  }

  /** The keys of the group's partitions that start with a prefix; group names have no wildcards. */
  private void scan(String prefix, Consumer<byte[]> each) {
    KeyScan.of(redis, prefix + ":{" + what.featureGroup() + "/*", page -> page.forEach(each));
  }

  private void forgetList(byte[] key) {
    if (what.isOf(entity(new String(key, UTF_8)))) {
      remove(key);
    }
  }

  /** The entity's id stands behind the tag and the generation; it may have any characters. */
  private static String entity(String key) {
    int generation = key.indexOf("}:") + 2;
    return key.substring(key.indexOf(':', generation) + 1);
  }

  private void forgetIndex(byte[] key) {
    if (what.entity().isEmpty()) {
      dueInstants += redis.<Long>ask(commands -> commands.zcard(key));
      remove(key);
    } else {
      byte[] entity = what.entity().get().getBytes(UTF_8);
      boolean isThere = redis.<Double>ask(commands -> commands.zscore(key, entity)) != null;
      dueInstants += isThere ? 1 : 0;
      if (isThere && !what.isDryRun()) {
        Long unused = redis.ask(commands -> commands.zrem(key, entity));
      }
    }
  }

  private void remove(byte[] key) {
    keys += what.isDryRun() ? count(key) : redis.<Long>ask(commands -> commands.unlink(key));
  }

  private long count(byte[] key) {
    return redis.<Long>ask(commands -> commands.exists(key));
  }

  public long keys() {
    return keys;
  }

  public long dueInstants() {
    return dueInstants;
  }
}
