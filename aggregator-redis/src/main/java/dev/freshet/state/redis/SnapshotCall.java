package dev.freshet.state.redis;

import dev.freshet.redis.Script;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A call of {@code snapshot.lua}, which replaces the part of a list that a function has read by a
 * snapshot.
 */
final class SnapshotCall {

  private final ScriptCall call = new ScriptCall();
  private final CachedEntity entity;
  private final byte[] header;
  private final int bytes;

  /**
   * @param step a finished step; its version becomes that of the snapshot
   */
  SnapshotCall(EntityStep step) {
    entity = step.cached();
    header =
        ByteBuffer.allocate(Double.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putDouble((double) step.version())
            .array();
    byte[] snapshot = entity.snapshot();
    bytes = snapshot.length;
    call.key(step.list());
    call.argument(entity.header());
    call.argument(Integer.toString(entity.records()));
    call.argument(header);
    call.argument(snapshot);
  }

  RedisFuture<byte[]> send(Script script, RedisClusterAsyncCommands<byte[], byte[]> commands) {
    return call.send(script, commands);
  }

  /**
   * Notes the outcome of the call.
   *
   * @param reply empty if another function put a snapshot first; then the list must be read again
   */
  void finish(byte[] reply) {
    if (reply.length > 0) {
      entity.snapshotWasPut(header, bytes);
    } else {
      entity.forgetHeader();
    }
  }
}
