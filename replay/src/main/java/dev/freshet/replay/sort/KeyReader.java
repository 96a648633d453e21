package dev.freshet.replay.sort;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads the fields that a {@link KeyWriter} wrote, in their order. */
public final class KeyReader {

  private final byte[] bytes;
  private int next;

  public KeyReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public int small() {
    return bytes[next++] & 0xFF;
  }

  public long number() {
    long turned = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      turned = turned << 8 | small();
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
    byte[] text = new byte[bytes.length - next];
    int length = 0;
    while (bytes[next] != KeyWriter.ESCAPE || bytes[next + 1] == KeyWriter.ESCAPED_ZERO) {
      text[length++] = bytes[next];
      next += bytes[next] == KeyWriter.ESCAPE ? 2 : 1;
    }
    next += 2;
    return new String(text, 0, length, UTF_8);
  }

  public boolean hasMore() {
    return next < bytes.length;
  }

  /** Returns the number of bytes read. */
  public int position() {
    return next;
  }
}
