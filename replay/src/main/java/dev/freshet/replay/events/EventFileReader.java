package dev.freshet.replay.events;

import static dev.freshet.replay.events.EventBuffer.END;

import dev.freshet.replay.file.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * Splits a file of events: JSON objects one after another, on lines of their own or not, or in
 * arrays; gzipped or not. Holds one event at a time, and nothing of an event over 1 MiB.
 *
 * <p>Does not judge whether an object is an event. Returns text that is no object as one event, up
 * to the end of its line. A broken object ends where the next one visibly begins, so that the next
 * one is not lost.
 */
public final class EventFileReader implements RawEvents {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final long NONE = -1;

  private final String file;
  private final EventBuffer buffer;
  private long line = 1;
  private long inLine;
  private boolean inArray;

  private final BitSet arrays = new BitSet();
  private int depth;
  private int previous;
  private long restart;
  private long restartLine;

  /**
   * @throws IOException if the file cannot be read, or is clearly of another format; the message is
   *     one line that names it
   */
  public EventFileReader(Path file) throws IOException {
    this(file.toString(), FileContent.open(file));
  }

  /**
   * @param file the name of the file in messages
   * @param bytes the file as it is stored; closed with this object
   */
  public EventFileReader(String file, InputStream bytes) throws IOException {
    this.file = file;
    this.buffer = new EventBuffer(new FileContent(file, bytes));
    try {
      refuseOtherFormats();
    } catch (IOException e) {
      buffer.close();
      throw e;
    }
  }

  private void refuseOtherFormats() throws IOException {
    Optional<String> other;
    try {
      other = OtherFormats.guess(buffer.lookAhead());
    } catch (IOException e) {
      throw named(e);
    }
    if (other.isPresent()) {
      throw new IOException("cannot read %s: not an events file: %s".formatted(file, other.get()));
    }
  }

  @Override
  public long bytesRead() {
    return buffer.bytesRead();
  }

  @Override
  public RawEvent next() throws IOException {
    try {
      if (!findStart()) {
        return null;
      }
      Place place = new Place(line, ++inLine);
      long end = buffer.peek() == '{' ? endOfObject() : endOfLine();
      RawEvent event = buffer.event(end, place);
      buffer.goTo(end);
      return event;
    } catch (IOException e) {
      throw named(e);
    }
  }

  private IOException named(IOException e) {
    String reason = FileContent.reason(e);
    return new IOException("cannot read %s after line %d: %s".formatted(file, line, reason), e);
  }

  /** Skips the bytes between events; returns false at the end of the file. */
  private boolean findStart() throws IOException {
    while (true) {
      buffer.begin();
      int here = buffer.peek();
      switch (here) {
        case END -> {
          return false;
        }
        case '\n' -> newLine();
        case ' ', '\t', '\r', ',' -> buffer.take();
        case '[', ']' -> {
          inArray = here == '[';
          buffer.take();
        }
        default -> {
          // A file made of several files has a mark at the start of each.
          if (here != 0xEF || !buffer.take(BYTE_ORDER_MARK)) {
            return true;
          }
        }
      }
    }
  }

  private void newLine() {
    buffer.take();
    line++;
    inLine = 0;
  }

  /** Reads an object from its brace, and returns its end or the place where it breaks. */
  private long endOfObject() throws IOException {
    depth = 0;
    previous = ':';
    restart = NONE;
    while (true) {
      int here = buffer.peek();
      switch (here) {
        case '"' -> {
          if (!isOneOf(previous, ":,[{")) {
            return endOfBroken(true);
          }
          if (!skipString()) {
            return endOfBroken(false);
          }
        }
        case '{', '[' -> {
          noteRestart(here);
          if (!mayOpen()) {
            return endOfBroken(here == '[');
          }
          arrays.set(depth++, here == '[');
          buffer.take();
        }
        case '}', ']' -> {
          buffer.take();
          if (--depth == 0) {
            return buffer.position();
          }
        }
        case '\n' -> newLine();
        case END -> {
          return endOfBroken(false);
        }
        default -> buffer.take();
      }
      if (here > ' ') {
        previous = here;
      }
    }
  }

  /** Tells by the previous character whether a value may stand here. */
  private boolean mayOpen() {
    return isOneOf(previous, ":[") || (previous == ',' && arrays.get(depth - 1));
  }

  private static boolean isOneOf(int sign, String signs) {
    return signs.indexOf(sign) >= 0;
  }

  /** Notes a brace at the start of a line: if this object is broken, the next one begins there. */
  private void noteRestart(int here) {
    boolean isFree = restart == NONE || !buffer.holds(restart);
    if (here == '{' && isFree && depth > 0 && buffer.startsLine()) {
      restart = buffer.position();
      restartLine = line;
    }
  }

  /**
   * Returns the end of a broken object: the start of the next one, if one was noted.
   *
   * @param takesLine whether the rest of its line belongs to it if none was noted
   */
  private long endOfBroken(boolean takesLine) throws IOException {
    if (restart == NONE || !buffer.holds(restart)) {
      return takesLine ? endOfLine() : buffer.position();
    }
    line = restartLine;
    inLine = 0;
    return restart;
  }

  /** Skips a string; returns false if it does not end in its line. */
  private boolean skipString() throws IOException {
    buffer.take();
    for (int here = buffer.peekInString();
        here != END && here != '\n';
        here = buffer.peekInString()) {
      buffer.take();
      if (here == '"') {
        return true;
      }
      if (here == '\\' && buffer.peek() != END && buffer.peek() != '\n') {
        buffer.take();
      }
    }
    return false;
  }

  /** Reads text that is no object, up to the end of its line or to the next object in it. */
  private long endOfLine() throws IOException {
    int before = 0;
    for (int here = buffer.peek(); here != END && here != '\n'; here = buffer.peek()) {
      if (here == '{' && (before == '}' || (before == ',' && inArray))) {
        break;
      }
      before = here > ' ' ? here : before;
      buffer.take();
    }
    return buffer.position();
  }

  @Override
  public void close() throws IOException {
    buffer.close();
  }
}
