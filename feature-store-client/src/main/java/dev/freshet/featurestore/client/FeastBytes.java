package dev.freshet.featurestore.client;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.result.FeatureResult.FeatureValue;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The encodings of Feast's online store: keys of version 3, MurmurHash3, protocol buffers. */
final class FeastBytes {

  /** Of the enumeration {@code ValueType}. */
  private static final int STRING = 2;

  private static final int INT64 = 4;

  /** Tags of the messages {@code Value} and {@code Timestamp}: field number, then wire type. */
  private static final int STRING_VAL = 2 << 3 | 2;

  private static final int DOUBLE_VAL = 5 << 3 | 1;
  private static final int SECONDS = 1 << 3;

  /** The beginning of the key of an entity with one join key. */
  static final String KEY_HEAD = "\u0001\0\0\0\u0002\0\0\0";

  private static final int MILLIS_PER_SECOND = 1_000;

  private FeastBytes() {}

  /**
   * Returns the key of an entity: the number of its join keys, each with type, length and name; the
   * values, each with type, length and bytes; the project.
   *
   * @param isInteger whether the id is an integer in Feast; one that is none stays a text
   */
  static byte[] entityKey(String project, String joinKey, String id, boolean isInteger) {
    byte[] name = joinKey.getBytes(UTF_8);
    byte[] text = id.getBytes(UTF_8);
    byte[] number = isInteger ? integer(id) : null;
    byte[] value = number == null ? text : number;
    byte[] suffix = project.getBytes(UTF_8);
    return ByteBuffer.allocate(5 * Integer.BYTES + name.length + value.length + suffix.length)
        .order(LITTLE_ENDIAN)
        .putInt(1)
        .putInt(STRING)
        .putInt(name.length)
        .put(name)
        .putInt(number == null ? STRING : INT64)
        .putInt(value.length)
        .put(value)
        .put(suffix)
        .array();
  }

  /** Returns the id that {@link #entityKey} has put into a key; empty if it is no such key. */
  static Optional<String> id(byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(key).order(LITTLE_ENDIAN);
    try {
      if (in.getInt() != 1 || in.getInt() != STRING) {
        return Optional.empty();
      }
      int nameLength = in.getInt();
      in.position(in.position() + nameLength);
      int type = in.getInt();
      byte[] value = new byte[Math.min(in.getInt(), in.remaining())];
      in.get(value);
      return type == STRING
          ? Optional.of(new String(value, UTF_8))
          : Optional.of(Long.toString(ByteBuffer.wrap(value).order(LITTLE_ENDIAN).getLong()));
    } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
      return Optional.empty();
    }
  }

  /** Returns null if the id is no integer as integers are written: 007 and 7 are two entities. */
  private static byte[] integer(String id) {
    try {
      long number = Long.parseLong(id);
      return !Long.toString(number).equals(id)
          ? null
          : ByteBuffer.allocate(Long.BYTES).order(LITTLE_ENDIAN).putLong(number).array();
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Returns the field of a feature: the hash of the names of its view and its own. */
  static byte[] field(String name) {
    int hash = murmur3(name.getBytes(UTF_8));
    return ByteBuffer.allocate(Integer.BYTES).order(LITTLE_ENDIAN).putInt(hash).array();
  }

  /** Returns the 32 bits of MurmurHash3 with seed 0, by Austin Appleby. */
  private static int murmur3(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN);
    int hash = 0;
    while (in.remaining() >= Integer.BYTES) {
      hash = Integer.rotateLeft(hash ^ scrambled(in.getInt()), 13) * 5 + 0xe6546b64;
    }
    int rest = 0;
    for (int shift = 0; in.hasRemaining(); shift += Byte.SIZE) {
      rest |= (in.get() & 0xff) << shift;
    }
    hash ^= scrambled(rest) ^ bytes.length;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int scrambled(int block) {
    return Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
  }

  /** Returns the message {@code Value} of a number, as a double, or of a text. */
  static byte[] value(FeatureValue feature) {
    if (feature.text() == null) {
      return ByteBuffer.allocate(1 + Double.BYTES)
          .order(LITTLE_ENDIAN)
          .put((byte) DOUBLE_VAL)
          .putDouble(feature.value())
          .array();
    }
    byte[] text = feature.text().getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(STRING_VAL);
    writeVarint(text.length, out);
    out.writeBytes(text);
    return out.toByteArray();
  }

  /** Returns the message {@code Timestamp} of an instant; Feast keeps whole seconds. */
  static byte[] timestamp(long millis) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(SECONDS);
    writeVarint(Math.floorDiv(millis, MILLIS_PER_SECOND), out);
    return out.toByteArray();
  }

  private static void writeVarint(long number, ByteArrayOutputStream out) {
    long rest = number;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.write((int) (rest & 0x7f | 0x80));
    }
    out.write((int) rest);
  }
}
