package dev.freshet.operations.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import java.util.function.Consumer;

/**
 * Removes the state of a group, or of one of its entities: the events and the due instants; for a
 * whole group also its lease.
 */
public final class ForgetState {

  private final Redis redis;
  private final ForgetRequest request;
  private long keys;
  private long dueInstants;

  public ForgetState(Redis redis, ForgetRequest request) {
    this.redis = redis;
    this.request = request;
  }

  public void run() {
    scan("log", this::forgetList);
    scan("due", this::forgetIndex);
    if (request.entity().isEmpty()) {
      scan("clock", this::remove);
      remove(("recalculation:" + request.featureGroup()).getBytes(UTF_8));
    }
  }

  /** Visits the keys of the group's partitions with a prefix; group names have no wildcards. */
  private void scan(String prefix, Consumer<byte[]> each) {
    KeyScan.of(redis, prefix + ":{" + request.featureGroup() + "/*", page -> page.forEach(each));
  }

  private void forgetList(byte[] key) {
    if (request.isOf(entity(new String(key, UTF_8)))) {
      remove(key);
    }
  }

  /**
   * Returns the entity's id, which follows the tag and the generation and may have any character.
   */
  private static String entity(String key) {
    int generation = key.indexOf("}:") + 2;
    return key.substring(key.indexOf(':', generation) + 1);
  }

  private void forgetIndex(byte[] key) {
    if (request.entity().isEmpty()) {
      dueInstants += redis.<Long>ask(commands -> commands.zcard(key));
      remove(key);
    } else {
      byte[] entity = request.entity().get().getBytes(UTF_8);
      boolean isHeld = redis.<Double>ask(commands -> commands.zscore(key, entity)) != null;
      dueInstants += isHeld ? 1 : 0;
      if (isHeld && !request.isDryRun()) {
        Long unused = redis.ask(commands -> commands.zrem(key, entity));
      }
    }
  }

  private void remove(byte[] key) {
    keys += request.isDryRun() ? count(key) : redis.<Long>ask(commands -> commands.unlink(key));
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
