package dev.freshet.replay.events;

import dev.freshet.replay.file.FileContent;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Reads a file of events: JSON objects one after another, on lines of their own or not, or in
 * arrays; gzipped or not. Holds one event at a time, and of one over 1 MiB nothing.
 *
 * <p>Only splits; whether an object is an event is for others to judge. What is no object is handed
 * on to the end of its line. An object that breaks off ends where the next one visibly begins, so
 * that it takes no other along.
 */
public final class EventFileReader implements Closeable {

  private static final int BLOCK_BYTES = 1 << 16;
  private static final int MARK_BYTES = 3;
  private static final int END = -1;

  private final String file;
  private final FileContent content;
  private final InputStream in;

  private byte[] buffer = new byte[BLOCK_BYTES];
  private int start;
  private int next;
  private int filled;
  private long dropped;

  private long line = 1;
  private long inLine;
  private boolean inArray;

  private final BitSet arrays = new BitSet();
  private int depth;
  private int previous;
  private int restart;
  private long restartLine;

  /**
   * @throws IOException if the file cannot be read, or is visibly no file of events; the message is
   *     one line that names it
   */
  public EventFileReader(Path file) throws IOException {
    this(file.toString(), FileContent.open(file));
  }

  /**
   * @param file what the file is called in messages
   * @param bytes its content as it is stored; closed with this
   */
  public EventFileReader(String file, InputStream bytes) throws IOException {
    this.file = file;
    this.content = new FileContent(file, bytes);
    this.in = content.plain();
    try {
      refuseOtherFormats();
    } catch (IOException e) {
      content.close();
      throw e;
    }
  }

  private void refuseOtherFormats() throws IOException {
    boolean more = true;
    while (more && filled < BLOCK_BYTES) {
      more = fill();
    }
    Optional<String> other = OtherFormats.guess(Arrays.copyOf(buffer, filled));
    if (other.isPresent()) {
      throw new IOException("cannot read %s: not an events file: %s".formatted(file, other.get()));
    }
  }

  /** How many bytes of the file were read, as they are stored. */
  public long bytesRead() {
    return content.bytesRead();
  }

  /** The next event, or what stands in its place; null after the last. */
  public RawEvent next() throws IOException {
    if (!findStart()) {
      return null;
    }
    dropped = 0;
    Place place = new Place(line, ++inLine);
    int end = peek() == '{' ? endOfObject() : endOfLine();
    int length = trimmed(end) - start;
    long size = dropped + length;
    boolean held = size <= RawEvent.MOST_BYTES;
    byte[] bytes = held ? Arrays.copyOfRange(buffer, start, start + length) : new byte[0];
    next = end;
    return new RawEvent(bytes, size, place);
  }

  /** Skips what stands between events; false at the end of the file. */
  private boolean findStart() throws IOException {
    while (true) {
      start = next;
      switch (peek()) {
        case END -> {
          return false;
        }
        case '\n' -> newLine();
        case ' ', '\t', '\r', ',' -> next++;
        case '[', ']' -> inArray = buffer[next++] == '[';
        default -> {
          if (!skipByteOrderMark()) {
            return true;
          }
        }
      }
    }
  }

  /** One stands at the start of each file of which this one was put together. */
  private boolean skipByteOrderMark() throws IOException {
    boolean more = buffer[next] == (byte) 0xEF;
    while (more && filled - next < MARK_BYTES) {
      more = fill();
    }
    boolean isMark = more && buffer[next + 1] == (byte) 0xBB && buffer[next + 2] == (byte) 0xBF;
    next += isMark ? MARK_BYTES : 0;
    return isMark;
  }

  private void newLine() {
    next++;
    line++;
    inLine = 0;
  }

  /** Reads an object from its brace to where it ends, or where it is no object any more. */
  private int endOfObject() throws IOException {
    depth = 0;
    previous = ':';
    restart = 0;
    while (true) {
      int here = peek();
      switch (here) {
        case '"' -> {
          if (!isOneOf(previous, ":,[{")) {
            return restart > 0 ? restarted() : endOfLine();
          }
          if (!skipString()) {
            return restarted();
          }
        }
        case '{', '[' -> {
          noteRestart(here);
          if (!mayOpen()) {
            return here == '{' || restart > 0 ? restarted() : endOfLine();
          }
          arrays.set(depth++, here == '[');
          next++;
        }
        case '}', ']' -> {
          if (arrays.get(--depth) != (here == ']')) {
            return restart > 0 ? restarted() : endOfLine();
          }
          next++;
          if (depth == 0) {
            return next;
          }
        }
        case '\n' -> newLine();
        case END -> {
          return restarted();
        }
        default -> next++;
      }
      if (here > ' ') {
        previous = here;
      }
    }
  }

  /** Whether a value may stand here, as far as the last sign tells. */
  private boolean mayOpen() {
    return isOneOf(previous, ":[") || (previous == ',' && arrays.get(depth - 1));
  }

  private static boolean isOneOf(int sign, String signs) {
    return signs.indexOf(sign) >= 0;
  }

  /** Remembers a brace at the start of a line: if this object is broken, the next begins there. */
  private void noteRestart(int here) {
    if (here == '{' && restart == 0 && next > start && buffer[next - 1] == '\n') {
      restart = next - start;
      restartLine = line;
    }
  }

  /** The end of a broken object: before the next one, or here. */
  private int restarted() {
    if (restart == 0) {
      return next;
    }
    line = restartLine;
    inLine = 0;
    return start + restart;
  }

  /** Skips a string; false if it does not end in its line. */
  private boolean skipString() throws IOException {
    next++;
    for (int here = peek(); here != END && here != '\n'; here = peek()) {
      next++;
      if (here == '"') {
        return true;
      }
      if (here == '\\' && peek() != END && peek() != '\n') {
        next++;
      }
    }
    return false;
  }

  /** Reads what is no object to the end of its line, or to where an object begins after another. */
  private int endOfLine() throws IOException {
    int before = 0;
    for (int here = peek(); here != END && here != '\n'; here = peek()) {
      if (here == '{' && (before == '}' || (before == ',' && inArray))) {
        break;
      }
      before = here > ' ' ? here : before;
      next++;
    }
    return next;
  }

  private int trimmed(int end) {
    int trimmed = end;
    while (trimmed > start && isBlank(buffer[trimmed - 1])) {
      trimmed--;
    }
    return trimmed;
  }

  private static boolean isBlank(byte each) {
    return each == ' ' || each == '\t' || each == '\r' || each == '\n';
  }

  /** The next byte, which is not taken; {@link #END} after the last. */
  private int peek() throws IOException {
    return next < filled || fill() ? buffer[next] & 0xFF : END;
  }

  private boolean fill() throws IOException {
    makeRoom();
    try {
      int read = in.read(buffer, filled, buffer.length - filled);
      filled += Math.max(0, read);
      return read > 0;
    } catch (IOException e) {
      String reason = FileContent.reason(e);
      throw new IOException("cannot read %s after line %d: %s".formatted(file, line, reason), e);
    }
  }

  private void makeRoom() {
    if (filled - start > RawEvent.MOST_BYTES) {
      dropped += filled - start;
      restart = 0;
      start = filled;
    }
    System.arraycopy(buffer, start, buffer, 0, filled - start);
    next -= start;
    filled -= start;
    start = 0;
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
