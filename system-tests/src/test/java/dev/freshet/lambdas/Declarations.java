package dev.freshet.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.StateSchema;
import dev.freshet.redis.Redis;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Declares groups in Redis at instants of a test, not of the server. */
final class Declarations {

  private Declarations() {}

  static void declare(Redis redis, FeatureGroup group, long sinceMillis) {
    StateSchema schema = group.schema();
    push(redis, group, schema.fingerprint(), sinceMillis, schema.toBytes());
  }

  /** Notes that the group has all of its history up to an instant. */
  static void noteBackfilled(Redis redis, FeatureGroup group, long seamMillis) {
    push(redis, group, 0, seamMillis, new byte[0]);
  }

  private static void push(
      Redis redis, FeatureGroup group, int fingerprint, long millis, byte[] described) {
    byte[] key = ("declarations:{" + group.name() + "}").getBytes(UTF_8);
    byte[] entry =
        ByteBuffer.allocate(12 + described.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(fingerprint)
            .putDouble(millis)
            .put(described)
            .array();
    long unused = redis.ask(commands -> commands.rpush(key, entry));
  }
}
