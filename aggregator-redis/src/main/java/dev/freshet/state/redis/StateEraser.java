package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.KeyScan;
import dev.freshet.redis.Redis;
import dev.freshet.state.PartitionRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Removes the state of a feature group, or of one entity of it, from the state store. The group
 * need not be declared; a dry run only counts.
 */
public final class StateEraser {

  private final Redis redis;
  private final String group;
  private final StateKeys keys;
  private final boolean dryRun;
  private long removedKeys;
  private long removedInstants;

  public StateEraser(Redis redis, String group, boolean dryRun) {
    this.redis = redis;
    this.group = group;
    this.keys = new StateKeys(group);
    this.dryRun = dryRun;
  }

  /** The number of keys removed so far. */
  public long keys() {
    return removedKeys;
  }

  /** The number of entries removed so far from the indexes of due keys. */
  public long dueInstants() {
    return removedInstants;
  }

  /** Removes all state of the group, the leases of its recalculation and its declarations. */
  public void eraseGroup() {
    KeyScan.pages(redis, "state:{" + group + "/*", page -> page.forEach(this::remove));
    for (byte[] index : keys.indexes(PartitionRange.ALL)) {
      removedInstants += redis.<Long>ask(commands -> commands.zcard(index));
      remove(index);
    }
    keys.archiveIndexes(PartitionRange.ALL).forEach(this::remove);
    PartitionRange.ALL.partitions().mapToObj(keys::clock).forEach(this::remove);
    LeaseKeys.all(group).forEach(this::remove);
    remove(keys.declarations());
  }

  /** Removes the state of an entity, and its entries in the indexes. */
  public void eraseEntity(String entity) {
    int partition = keys.partition(entity);
    byte[] member = entity.getBytes(UTF_8);
    remove(keys.list(partition, entity));
    removedInstants += removeFrom(keys.index(partition), member);
    removeFrom(keys.archiveIndex(partition), member);
  }

  private void remove(byte[] key) {
    removedKeys +=
        redis.<Long>ask(commands -> dryRun ? commands.exists(key) : commands.unlink(key));
  }

  private long removeFrom(byte[] index, byte[] member) {
    if (!dryRun) {
      return redis.<Long>ask(commands -> commands.zrem(index, member));
    }
    return redis.<Double>ask(commands -> commands.zscore(index, member)) == null ? 0 : 1;
  }

  /** Returns a version that is as new as that of every step of an entity so far. */
  public long newestVersion(String entity) {
    byte[] clock = redis.ask(commands -> commands.get(keys.clock(keys.partition(entity))));
    if (clock != null) {
      return (long) ByteBuffer.wrap(clock).order(ByteOrder.LITTLE_ENDIAN).getDouble();
    }
    List<byte[]> time = redis.ask(commands -> commands.time());
    return Long.parseLong(new String(time.get(0), UTF_8)) * 1_000_000
        + Long.parseLong(new String(time.get(1), UTF_8));
  }
}
