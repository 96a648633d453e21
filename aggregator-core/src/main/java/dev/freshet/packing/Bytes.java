package dev.freshet.packing;

import java.nio.ByteBuffer;

/** A range of bytes, and what its first ones say it is. */
record Bytes(byte[] data, int from, int to) {
  /** Copies only what is not in an array already. */
  static Bytes of(ByteBuffer buffer) {
    if (buffer.hasArray()) {
      int from = buffer.arrayOffset() + buffer.position();
      return new Bytes(buffer.array(), from, from + buffer.remaining());
    }
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return new Bytes(copy, 0, copy.length);
  }

  int length() {
    return to - from;
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(data, from, length());
  }

  boolean isPacked() {
    return KplRecords.isAggregated(this) || isGzip() || isArray() || isLines();
  }

  boolean isGzip() {
    return startsWith(0x1F, 0x8B);
  }

  /** Returns whether the text begins as a JSON array. */
  boolean isArray() {
    int start = textStart();
    return start < to && data[start] == '[';
  }

  /**
   * Returns whether the text is JSON lines: its first line that is not blank holds one whole JSON
   * object and nothing else, and another line that is not blank follows. So an object over several
   * lines is one event.
   */
  boolean isLines() {
    int start = textStart();
    if (start == to || data[start] != '{') {
      return false;
    }
    int line = newLine(start);
    return line < trimmedEnd()
        && JsonSplitter.end(data, start, line) == new Bytes(data, start, line).trimmedEnd();
  }

  boolean startsWith(int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= length() || (data[from + i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the place of the first byte after a byte order mark and white space. */
  private int textStart() {
    int at = startsWith(0xEF, 0xBB, 0xBF) ? from + 3 : from;
    while (at < to && isSpace(data[at])) {
      at++;
    }
    return at;
  }

  private int trimmedEnd() {
    int end = to;
    while (end > from && isSpace(data[end - 1])) {
      end--;
    }
    return end;
  }

  Bytes trimmed() {
    int end = trimmedEnd();
    int start = from;
    while (start < end && isSpace(data[start])) {
      start++;
    }
    return new Bytes(data, start, end);
  }

  /** Returns the place of the next line break, or the end. */
  int newLine(int start) {
    int at = start;
    while (at < to && data[at] != '\n') {
      at++;
    }
    return at;
  }

  static boolean isSpace(byte each) {
    return each == ' ' || each == '\n' || each == '\r' || each == '\t';
  }
}
