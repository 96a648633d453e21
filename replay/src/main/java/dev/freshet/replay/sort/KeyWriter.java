package dev.freshet.replay.sort;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Writes fields as bytes whose unsigned order is the order of the fields, the first field first:
 * numbers big-endian with the sign bit turned, texts by their UTF-8 bytes. {@link KeyReader} reads
 * them back.
 */
public final class KeyWriter {

  static final byte ESCAPE = 0;
  static final byte ESCAPED_ZERO = 1;
  static final byte END = 0;

  private byte[] bytes = new byte[96];
  private int length;

  /** A number of 0 to 255. */
  public KeyWriter small(int number) {
    if (number < 0 || number > 255) {
      throw new IllegalArgumentException("not in 0 to 255: " + number);
    }
    return put((byte) number);
  }

  /** Any number. */
  public KeyWriter number(long number) {
    long turned = number ^ Long.MIN_VALUE;
    for (int shift = 56; shift >= 0; shift -= 8) {
      put((byte) (turned >>> shift));
    }
    return this;
  }

  /**
   * Any text. A zero byte is escaped and the end is marked by one that is not, so that a text sorts
   * before its own continuation.
   */
  public KeyWriter text(String text) {
    for (byte each : text.getBytes(UTF_8)) {
      put(each);
      if (each == ESCAPE) {
        put(ESCAPED_ZERO);
      }
    }
    return put(ESCAPE).put(END);
  }

  /** A number to be read back bit by bit; its order means nothing. */
  public KeyWriter bits(double number) {
    return number(Double.doubleToRawLongBits(number));
  }

  /** What was written, and an empty writer. */
  public byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, length);
    length = 0;
    return taken;
  }

  private KeyWriter put(byte next) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = next;
    return this;
  }
}
