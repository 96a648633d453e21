package dev.freshet.replay.sort;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Writes fields as bytes. The unsigned order of the bytes is the order of the first field, then of
 * the second, and so on: numbers are big-endian with the sign bit inverted, texts are UTF-8. {@link
 * KeyReader} reads them back.
 */
public final class KeyWriter {

  static final byte ESCAPE = 0;
  static final byte ESCAPED_ZERO = 1;
  static final byte END = 0;

  /** Stands for no text; UTF-8 has no such byte. */
  static final byte NULL = (byte) 0xFF;

  private byte[] bytes = new byte[96];
  private int length;

  /** Writes a number from 0 to 255. */
  public KeyWriter small(int number) {
    if (number < 0 || number > 255) {
      throw new IllegalArgumentException("not in 0 to 255: " + number);
    }
    return put((byte) number);
  }

  /** Writes any number. */
  public KeyWriter number(long number) {
    require(Long.BYTES);
    long turned = number ^ Long.MIN_VALUE;
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (turned >>> shift);
    }
    return this;
  }

  /**
   * Writes any text. Escapes zero bytes and ends with an unescaped one, so that a text sorts before
   * a longer text that starts with it.
   */
  public KeyWriter text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    require(2 * utf8.length + 2);
    for (byte each : utf8) {
      bytes[length++] = each;
      if (each == ESCAPE) {
        bytes[length++] = ESCAPED_ZERO;
      }
    }
    return put(ESCAPE).put(END);
  }

  /** Writes any text, or null; null sorts last. */
  public KeyWriter textOrNull(String text) {
    return text == null ? put(NULL) : text(text);
  }

  /**
   * Writes any number in 1 to 10 bytes, fewer for one near 0, and 1 for {@code Long.MIN_VALUE}. It
   * does not sort in its order.
   */
  public KeyWriter compact(long number) {
    long rest = ((number << 1) ^ (number >> 63)) + 1;
    while ((rest & ~0x7FL) != 0) {
      put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    return put((byte) rest);
  }

  /** Writes a number bit by bit; it does not sort in its order. */
  public KeyWriter bits(double number) {
    return number(Double.doubleToRawLongBits(number));
  }

  /** Returns the bytes written, and empties the writer. */
  public byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, length);
    length = 0;
    return taken;
  }

  private KeyWriter put(byte next) {
    require(1);
    bytes[length++] = next;
    return this;
  }

  private void require(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
