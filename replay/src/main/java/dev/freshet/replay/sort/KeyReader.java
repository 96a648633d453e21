package dev.freshet.replay.sort;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Reads the fields that a {@link KeyWriter} wrote, in their order. */
public final class KeyReader {

  private final byte[] bytes;
  private int next;

  public KeyReader(byte[] bytes) {
    this(bytes, 0);
  }

  /** Starts behind some fields. */
  public KeyReader(byte[] bytes, int position) {
    this.bytes = bytes;
    this.next = position;
  }

  public int small() {
    return bytes[next++] & 0xFF;
  }

  public long number() {
    long turned = 0;
    for (int end = next + Long.BYTES; next < end; next++) {
      turned = turned << 8 | (bytes[next] & 0xFF);
    }
    return turned ^ Long.MIN_VALUE;
  }

  public double bits() {
    return Double.longBitsToDouble(number());
  }

  public long compact() {
    long turned = 0;
    int next7 = small();
    for (int shift = 0; ; shift += 7, next7 = small()) {
      turned |= (next7 & 0x7FL) << shift;
      if (next7 < 0x80) {
        turned--;
        return (turned >>> 1) ^ -(turned & 1);
      }
    }
  }

  public String textOrNull() {
    if (bytes[next] == KeyWriter.NULL) {
      next++;
      return null;
    }
    return text();
  }

  public String text() {
    int start = next;
    while (bytes[next] != KeyWriter.ESCAPE) {
      next++;
    }
    if (bytes[next + 1] == KeyWriter.ESCAPED_ZERO) {
      next = start;
      return escaped();
    }
    next += 2;
    return new String(bytes, start, next - 2 - start, UTF_8);
  }

  private String escaped() {
    byte[] text = new byte[bytes.length - next];
    int length = 0;
    while (bytes[next] != KeyWriter.ESCAPE || bytes[next + 1] == KeyWriter.ESCAPED_ZERO) {
      text[length++] = bytes[next];
      next += bytes[next] == KeyWriter.ESCAPE ? 2 : 1;
    }
    next += 2;
    return new String(text, 0, length, UTF_8);
  }

  /** Skips these bytes if they come next. */
  public boolean skip(byte[] expected) {
    int end = next + expected.length;
    boolean isNext =
        end <= bytes.length && Arrays.equals(bytes, next, end, expected, 0, expected.length);
    next = isNext ? end : next;
    return isNext;
  }

  public boolean hasMore() {
    return next < bytes.length;
  }

  /** Returns the number of bytes read. */
  public int position() {
    return next;
  }
}
