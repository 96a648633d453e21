package dev.freshet.aws.emulator.mapping;

/** One reader's position in one shard. Not thread-safe. */
public interface ShardSource {

  /**
   * The records after those read before; none after a short wait if there are none. Faults of the
   * stream that pass are waited out inside.
   */
  ShardRead read() throws InterruptedException;
}
