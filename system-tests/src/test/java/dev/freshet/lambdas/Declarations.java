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
    byte[] key = ("declarations:{" + group.name() + "}").getBytes(UTF_8);
    byte[] described = schema.toBytes();
    byte[] entry =
        ByteBuffer.allocate(12 + described.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(schema.fingerprint())
            .putDouble(sinceMillis)
            .put(described)
            .array();
    long unused = redis.ask(commands -> commands.rpush(key, entry));
  }
}
