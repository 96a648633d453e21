package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fields to read of each entity of a dimension: features, then the ages of their groups.
 *
 * @param fields names such as {@code table_visits:unserved}
 * @param isText for each field whether it is read as a text, not as a number
 * @param groups the names of the groups of the fields
 * @param encoded the arguments that are the same for each entity, as the protocol has them
 */
record EntityPlan(
    String dimension, List<String> fields, boolean[] isText, List<String> groups, byte[] encoded) {

  private static final byte[] END = {'\r', '\n'};

  static EntityPlan of(String dimension, List<String> fields, boolean[] isText) {
    List<String> groups = fields.stream().map(EntityKey::group).distinct().toList();
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    Stream.concat(fields.stream(), groups.stream().flatMap(Age::fields))
        .map(field -> field.getBytes(UTF_8))
        .forEach(
            field -> {
              encoded.writeBytes(header(field.length));
              encoded.writeBytes(field);
              encoded.writeBytes(END);
            });
    return new EntityPlan(dimension, fields, isText, groups, encoded.toByteArray());
  }

  private static byte[] header(int length) {
    return ("$" + length + "\r\n").getBytes(US_ASCII);
  }

  int width() {
    return fields.size() + Age.FIELDS * groups.size();
  }

  /** Returns the arguments of {@code HMGET} for one entity. */
  CommandArgs<byte[], byte[]> arguments(byte[] key) {
    return new Arguments(this, key);
  }

  /** Arguments that are written as they are, instead of one by one. */
  private static final class Arguments extends CommandArgs<byte[], byte[]> {

    private final EntityPlan plan;
    private final byte[] key;

    Arguments(EntityPlan plan, byte[] key) {
      super(ByteArrayCodec.INSTANCE);
      this.plan = plan;
      this.key = key;
    }

    @Override
    public int count() {
      return 1 + plan.width();
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeBytes(header(key.length)).writeBytes(key).writeBytes(END).writeBytes(plan.encoded());
    }

    /** A cluster finds the node by it. */
    @Override
    public ByteBuffer getFirstEncodedKey() {
      return ByteBuffer.wrap(key);
    }
  }
}
