package dev.freshet.local.events;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits bytes into lines (LF or CRLF) that may have a greatest length; holds one line at a time.
 */
final class LineReader implements Closeable {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final int longestBytes;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int filled;
  private long lineNumber;

  LineReader(InputStream in, int longestBytes) {
    this.in = in;
    this.longestBytes = longestBytes;
  }

  /** The number of the line that was read last; the first is 1. */
  long lineNumber() {
    return lineNumber;
  }

  /**
   * The next line without its end, or null after the last one.
   *
   * @throws LineTooLongException if the line is longer than allowed
   */
  byte[] readLine() throws IOException {
    if (!fill()) {
      return null;
    }
    lineNumber++;
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    boolean ended;
    do {
      ended = takeUpToLineFeed(line);
      if (line.size() > longestBytes) {
        throw new LineTooLongException();
      }
    } while (!ended && fill());
    return trimmed(line.toByteArray());
  }

  private boolean fill() throws IOException {
    if (next == filled) {
      next = 0;
      filled = Math.max(0, in.read(buffer));
    }
    return next < filled;
  }

  private boolean takeUpToLineFeed(ByteArrayOutputStream line) {
    int end = next;
    while (end < filled && buffer[end] != '\n') {
      end++;
    }
    line.write(buffer, next, end - next);
    boolean ended = end < filled;
    next = ended ? end + 1 : end;
    return ended;
  }

  private byte[] trimmed(byte[] line) {
    int start = lineNumber == 1 && startsWithByteOrderMark(line) ? BYTE_ORDER_MARK.length : 0;
    int end = line.length > start && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
    return Arrays.copyOfRange(line, start, end);
  }

  private static boolean startsWithByteOrderMark(byte[] line) {
    int length = BYTE_ORDER_MARK.length;
    return line.length >= length && Arrays.equals(line, 0, length, BYTE_ORDER_MARK, 0, length);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** A line is longer than allowed. */
  static final class LineTooLongException extends IOException {}
}
