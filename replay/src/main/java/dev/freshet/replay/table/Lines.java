package dev.freshet.replay.table;

import dev.freshet.replay.file.FileContent;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of a file, LF or CRLF, gzipped or not (told by its content); holds one at a time. Blank
 * lines are left out, and of a line longer than a limit only the beginning is read.
 */
final class Lines implements Closeable {

  private final String file;
  private final int mostBytes;
  private final InputStream in;
  private byte[] line = new byte[1 << 10];
  private long number;

  /**
   * @param mostBytes how much of a line is read; more is left out
   * @throws IOException if the file cannot be read; the message names it
   */
  Lines(Path file, int mostBytes) throws IOException {
    this.file = file.toString();
    this.mostBytes = mostBytes;
    this.in = plain(this.file, open(file));
    skipByteOrderMark();
  }

  /** The content of a file, gunzipped if it is gzipped; closes it if it cannot be read. */
  static InputStream plain(String file, InputStream raw) throws IOException {
    return new FileContent(file, raw).plain();
  }

  static InputStream open(Path file) throws IOException {
    return FileContent.open(file);
  }

  /** The number of the line that was read last; the first is 1. */
  long number() {
    return number;
  }

  /** The next line that is not blank, without its end; null after the last one. */
  byte[] next() throws IOException {
    try {
      for (int length = read(); length >= 0; length = read()) {
        if (!isBlank(length)) {
          return Arrays.copyOf(line, length);
        }
      }
      return null;
    } catch (IOException e) {
      throw named(e);
    }
  }

  /** Reads a line; answers with its length, or −1 after the last one. */
  private int read() throws IOException {
    int length = 0;
    int next = in.read();
    if (next < 0) {
      return -1;
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (length < mostBytes) {
        if (length == line.length) {
          line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = (byte) next;
      }
    }
    number++;
    return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
  }

  private boolean isBlank(int length) {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private void skipByteOrderMark() throws IOException {
    in.mark(3);
    if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
      in.reset();
    }
  }

  private IOException named(IOException e) {
    return new IOException(
        "cannot read %s after line %d: %s".formatted(file, number, reason(e)), e);
  }

  static String reason(IOException e) {
    return FileContent.reason(e);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
