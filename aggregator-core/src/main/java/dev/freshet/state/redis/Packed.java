package dev.freshet.state.redis;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as the scripts read them: little-endian, one behind the other. */
final class Packed {

  private final byte[] bytes;
  private final ByteBuffer buffer;

  /** Room for so many bytes. */
  Packed(int size) {
    bytes = new byte[size];
    buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A number that Lua computes with: a double, exact below 2⁵³. */
  Packed number(long number) {
    buffer.putDouble((double) number);
    return this;
  }

  /** Eight bytes that Lua only moves. */
  Packed opaque(long number) {
    buffer.putLong(number);
    return this;
  }

  /** A count or a length, below 2¹⁵. */
  Packed count(int count) {
    buffer.putShort((short) count);
    return this;
  }

  Packed oneByte(int number) {
    buffer.put((byte) number);
    return this;
  }

  Packed bytes(byte[] some) {
    buffer.put(some);
    return this;
  }

  /** All of it; not copied. */
  byte[] bytes() {
    return bytes;
  }
}
