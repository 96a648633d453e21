package dev.freshet.replay.table;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The lines of a file, LF or CRLF, gzipped or not (told by its content); holds one at a time. Blank
 * lines are left out, and of a line longer than a limit only the beginning is read.
 */
public final class Lines implements Closeable {

  private final String file;
  private final int mostBytes;
  private final Counting raw;
  private final InputStream in;
  private byte[] line = new byte[1 << 10];
  private long number;

  /**
   * @param mostBytes how much of a line is read; more is left out
   * @throws IOException if the file cannot be read; the message names it
   */
  public Lines(Path file, int mostBytes) throws IOException {
    this(file.toString(), open(file), mostBytes);
  }

  /**
   * @param file what the file is called in messages
   * @param bytes its content; closed with this
   * @param mostBytes how much of a line is read; more is left out
   */
  public Lines(String file, InputStream bytes, int mostBytes) throws IOException {
    this.file = file;
    this.mostBytes = mostBytes;
    this.raw = new Counting(bytes);
    this.in = plain(file, raw);
    skipByteOrderMark();
  }

  /** The content of a file, gunzipped if it is gzipped; closes it if it cannot be read. */
  static InputStream plain(String file, InputStream raw) throws IOException {
    InputStream bytes = new BufferedInputStream(raw, 1 << 16);
    try {
      InputStream plain = isGzip(bytes) ? new GZIPInputStream(bytes, 1 << 16) : bytes;
      InputStream buffered = new BufferedInputStream(plain, 1 << 16);
      buffered.mark(1);
      buffered.read();
      buffered.reset();
      return buffered;
    } catch (IOException e) {
      raw.close();
      throw new IOException("cannot read %s: %s".formatted(file, reason(e)), e);
    }
  }

  static InputStream open(Path file) throws IOException {
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("it is a directory");
      }
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new IOException("cannot read " + file + ": there is no such file", e);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The number of the line that was read last; the first is 1. */
  public long number() {
    return number;
  }

  /** How many bytes of the file were read, as they are stored. */
  public long bytesRead() {
    return raw.count;
  }

  /** The next line that is not blank, without its end; null after the last one. */
  public byte[] next() throws IOException {
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

  private static boolean isGzip(InputStream bytes) throws IOException {
    bytes.mark(2);
    boolean gzip = bytes.read() == 0x1F && bytes.read() == 0x8B;
    bytes.reset();
    return gzip;
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
    return e instanceof ZipException || e instanceof EOFException
        ? "corrupt gzip (" + e.getMessage() + ")"
        : e.getMessage();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count += next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
