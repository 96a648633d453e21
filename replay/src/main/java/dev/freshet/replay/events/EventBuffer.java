package dev.freshet.replay.events;

import dev.freshet.replay.file.FileContent;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the bytes of a file one by one. Holds the bytes of the current event, and drops them once
 * it is too large. Positions count the decompressed bytes from the start of the file.
 */
final class EventBuffer implements Closeable {

  static final int END = -1;

  private static final int BLOCK_BYTES = 1 << 16;

  private final FileContent content;
  private final InputStream in;
  private byte[] buffer = new byte[BLOCK_BYTES];
  private long base;
  private int next;
  private int filled;
  private long start;

  EventBuffer(FileContent content) {
    this.content = content;
    this.in = content.plain();
  }

  long bytesRead() {
    return content.bytesRead();
  }

  /** Returns the next byte but does not take it; {@link #END} after the last one. */
  int peek() throws IOException {
    return next < filled || fill() ? buffer[next] & 0xFF : END;
  }

  /**
   * Takes bytes up to the next quote, backslash or line feed, and returns that as {@link #peek}.
   */
  int peekInString() throws IOException {
    do {
      while (next < filled && isPlain(buffer[next])) {
        next++;
      }
    } while (next == filled && fill());
    return next < filled ? buffer[next] : END;
  }

  private static boolean isPlain(byte inString) {
    return inString != '"' && inString != '\\' && inString != '\n';
  }

  /** Takes the byte that {@link #peek} returned. */
  void take() {
    next++;
  }

  /** Takes these bytes if they come next. */
  boolean take(byte[] wanted) throws IOException {
    boolean more = true;
    while (more && filled - next < wanted.length) {
      more = fill();
    }
    boolean isNext =
        more && Arrays.equals(buffer, next, next + wanted.length, wanted, 0, wanted.length);
    next += isNext ? wanted.length : 0;
    return isNext;
  }

  /** Returns up to a block of the next bytes but does not take them. */
  byte[] lookAhead() throws IOException {
    boolean more = true;
    while (more && filled - next < BLOCK_BYTES) {
      more = fill();
    }
    return Arrays.copyOfRange(buffer, next, Math.min(filled, next + BLOCK_BYTES));
  }

  /** Returns the position of the next byte. */
  long position() {
    return base + next;
  }

  /** Tells whether the byte before is a line feed that is still held. */
  boolean startsLine() {
    return next > 0 && buffer[next - 1] == '\n';
  }

  /** Starts an event with the next byte. */
  void begin() {
    start = position();
  }

  boolean holds(long position) {
    return position >= base;
  }

  /** Goes back to a position that is held. */
  void goTo(long position) {
    next = (int) (position - base);
  }

  /** Returns the event that ends at a position, without white space at its end. */
  RawEvent event(long end, Place place) {
    long trimmed = end;
    while (trimmed > Math.max(start, base) && isBlank(buffer[(int) (trimmed - base) - 1])) {
      trimmed--;
    }
    long size = trimmed - start;
    boolean held = size <= RawEvent.MOST_BYTES;
    int from = (int) (start - base);
    byte[] bytes = held ? Arrays.copyOfRange(buffer, from, from + (int) size) : new byte[0];
    return new RawEvent(bytes, size, place);
  }

  private static boolean isBlank(byte each) {
    return each == ' ' || each == '\t' || each == '\r' || each == '\n';
  }

  private boolean fill() throws IOException {
    makeRoom();
    int read = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(0, read);
    return read > 0;
  }

  private void makeRoom() {
    boolean tooLarge = base + filled - start > RawEvent.MOST_BYTES;
    int from = tooLarge ? next : (int) (start - base);
    System.arraycopy(buffer, from, buffer, 0, filled - from);
    base += from;
    next -= from;
    filled -= from;
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
