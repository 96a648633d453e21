package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.RedisRead;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fields to read of each entity of a dimension: features, then the ages of their groups.
 *
 * <p>{@code HMGET} looks for each field from the beginning of a hash that Redis keeps as a list, by
 * default up to 512 fields: a hundred fields of it take longer than all. So {@code HGETALL} reads
 * hashes of which much is needed, until one is seen that is too large for that.
 */
final class EntityPlan {

  /** From so many fields on, {@code HGETALL} is faster. */
  private static final int MANY_FIELDS = 32;

  /** The most fields of a hash that Redis keeps as a list, unless it is told otherwise. */
  private static final int LONGEST_LIST = 512;

  /** The most fields read for each that is needed. */
  private static final int MOST_READ = 4;

  private static final byte[] END = {'\r', '\n'};

  private final String dimension;
  private final List<String> fields;
  private final boolean[] isText;
  private final List<String> groups;
  private final FieldIndex index;

  /** The fields as the protocol has them. */
  private final byte[] encoded;

  private final int width;
  private final int mostOfAll;
  private volatile boolean readsAll;

  /**
   * @param fields names such as {@code table_visits:unserved}
   * @param isText for each field whether it is read as a text, not as a number
   */
  EntityPlan(String dimension, List<String> fields, boolean[] isText) {
    this.dimension = dimension;
    this.fields = fields;
    this.isText = isText;
    this.groups = fields.stream().map(EntityKey::group).distinct().toList();
    List<byte[]> all =
        Stream.concat(fields.stream(), groups.stream().flatMap(Age::fields))
            .map(field -> field.getBytes(UTF_8))
            .toList();
    this.index = new FieldIndex(all);
    this.encoded = encode(all);
    this.width = all.size();
    this.mostOfAll = Math.min(LONGEST_LIST, MOST_READ * width);
    this.readsAll = width >= MANY_FIELDS;
  }

  private static byte[] encode(List<byte[]> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] field : fields) {
      out.writeBytes(header(field.length));
      out.writeBytes(field);
      out.writeBytes(END);
    }
    return out.toByteArray();
  }

  private static byte[] header(int length) {
    return ("$" + length + "\r\n").getBytes(US_ASCII);
  }

  String dimension() {
    return dimension;
  }

  List<String> fields() {
    return fields;
  }

  boolean isText(int field) {
    return isText[field];
  }

  List<String> groups() {
    return groups;
  }

  /** Returns the index of a field; −1 if it is not needed. */
  int indexOf(ByteBuffer field) {
    return index.of(field);
  }

  /** Returns whether to read all fields of an entity. */
  boolean readsAll() {
    return readsAll;
  }

  /** Notes how many fields an entity has. */
  void noteSize(int size) {
    if (size > mostOfAll && readsAll) {
      readsAll = false;
    }
  }

  /** Returns a request of all fields of an entity, or of those needed. */
  RedisRead request(EntityAnswer answer, boolean ofAll) {
    byte[] key = EntityKey.of(dimension, answer.id());
    return ofAll
        ? new RedisRead(
            CommandType.HGETALL, answer, new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key))
        : new RedisRead(CommandType.HMGET, answer, new Arguments(key));
  }

  /** Arguments of {@code HMGET} that are written as they are, instead of one by one. */
  private final class Arguments extends CommandArgs<byte[], byte[]> {

    private final byte[] key;

    Arguments(byte[] key) {
      super(ByteArrayCodec.INSTANCE);
      this.key = key;
    }

    @Override
    public int count() {
      return 1 + width;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeBytes(header(key.length)).writeBytes(key).writeBytes(END).writeBytes(encoded);
    }

    /** A cluster finds the node by it. */
    @Override
    public ByteBuffer getFirstEncodedKey() {
      return ByteBuffer.wrap(key);
    }
  }
}
