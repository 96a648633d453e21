package dev.freshet.replay.file;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The content of a file without a byte order mark at its start. It is decompressed if its first
 * bytes say gzip; the name of the file does not matter.
 */
public final class FileContent implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final CountingStream raw;
  private final InputStream plain;

  /**
   * @param file the name of the file in messages
   * @param bytes the file as it is stored; closed with this object, or at once if reading fails
   */
  public FileContent(String file, InputStream bytes) throws IOException {
    this.raw = new CountingStream(bytes);
    InputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
    try {
      InputStream unpacked = startsWith(buffered, 0x1F, 0x8B) ? new Gunzip(buffered) : buffered;
      this.plain = new BufferedInputStream(unpacked, BUFFER_BYTES);
      if (startsWith(plain, 0xEF, 0xBB, 0xBF)) {
        plain.skipNBytes(3);
      }
    } catch (IOException e) {
      raw.close();
      throw new IOException("cannot read %s: %s".formatted(file, reason(e)), e);
    }
  }

  /**
   * Opens a file as it is stored.
   *
   * @throws IOException if it cannot be read; the message is one line that names it
   */
  public static InputStream open(Path file) throws IOException {
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("it is a directory");
      }
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new IOException("cannot read " + file + ": there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("cannot read " + file + ": permission denied", e);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Returns the decompressed bytes. */
  public InputStream plain() {
    return plain;
  }

  /** Returns how many bytes of the stored file were read. */
  public long bytesRead() {
    return raw.count;
  }

  /** Explains an exception that {@link #plain()} threw. */
  public static String reason(IOException e) {
    return e instanceof ZipException || e instanceof EOFException
        ? "corrupt gzip (" + e.getMessage() + ")"
        : e.getMessage();
  }

  private static boolean startsWith(InputStream bytes, int... expected) throws IOException {
    bytes.mark(expected.length);
    boolean same = true;
    for (int i = 0; i < expected.length && same; i++) {
      same = bytes.read() == expected[i];
    }
    bytes.reset();
    return same;
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }

  /** Decompresses all gzip members; bytes behind the last member are an error, not left out. */
  private static final class Gunzip extends GZIPInputStream {

    private static final int TRAILER_BYTES = 8;

    Gunzip(InputStream in) throws IOException {
      super(in, BUFFER_BYTES);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      if (read < 0 && (inf.getRemaining() > TRAILER_BYTES || in.read() >= 0)) {
        throw new ZipException("bytes that are not gzipped follow those that are");
      }
      return read;
    }
  }

  private static final class CountingStream extends FilterInputStream {
    private long count;

    CountingStream(InputStream in) {
      super(in);
    }

    /** Returns at least 1: at 0, a gzip reader takes the end of a member for the end of file. */
    @Override
    public int available() throws IOException {
      return Math.max(1, super.available());
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
