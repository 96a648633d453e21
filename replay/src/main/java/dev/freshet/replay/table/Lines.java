package dev.freshet.replay.table;

import dev.freshet.replay.file.FileContent;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the lines of a file, ended by LF or CRLF, one at a time. Skips blank lines, and cuts a line
 * at a limit.
 */
final class Lines implements Closeable {

  private final String file;
  private final int limitBytes;
  private final InputStream in;
  private byte[] line = new byte[1 << 10];
  private long number;

  /**
   * @param file the name of the file in messages
   * @param content the file as it is stored; closed with this object
   */
  Lines(String file, InputStream content, int limitBytes) throws IOException {
    this.file = file;
    this.limitBytes = limitBytes;
    this.in = new FileContent(file, content).plain();
  }

  /** Returns the number of the line that was read last; the first is 1. */
  long number() {
    return number;
  }

  /** Returns the next line that is not blank, without its end; null after the last one. */
  byte[] next() throws IOException {
    try {
      for (int length = read(); length >= 0; length = read()) {
        if (!isBlank(length)) {
          return Arrays.copyOf(line, length);
        }
      }
      return null;
    } catch (IOException e) {
      throw new IOException(
          "cannot read %s after line %d: %s".formatted(file, number, FileContent.reason(e)), e);
    }
  }

  /** Reads a line and returns its length, or −1 after the last one. */
  private int read() throws IOException {
    int length = 0;
    int next = in.read();
    if (next < 0) {
      return -1;
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (length < limitBytes) {
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

  @Override
  public void close() throws IOException {
    in.close();
  }
}
