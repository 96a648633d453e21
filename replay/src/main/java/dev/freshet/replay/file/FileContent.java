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

/** The content of a file, gunzipped if it is gzipped (told by its content, not its name). */
public final class FileContent implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Counting raw;
  private final InputStream plain;

  /**
   * @param file what the file is called in messages
   * @param bytes as they are stored; closed with this, and if they cannot be read
   */
  public FileContent(String file, InputStream bytes) throws IOException {
    this.raw = new Counting(bytes);
    InputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
    try {
      InputStream unpacked = isGzip(buffered) ? new Gunzip(buffered) : buffered;
      this.plain = new BufferedInputStream(unpacked, BUFFER_BYTES);
      plain.mark(1);
      plain.read();
      plain.reset();
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

  /** The bytes, unpacked. */
  public InputStream plain() {
    return plain;
  }

  /** How many bytes of the file were read, as they are stored. */
  public long bytesRead() {
    return raw.count;
  }

  /** Says what went wrong while {@link #plain()} was read. */
  public static String reason(IOException e) {
    return e instanceof ZipException || e instanceof EOFException
        ? "corrupt gzip (" + e.getMessage() + ")"
        : e.getMessage();
  }

  private static boolean isGzip(InputStream bytes) throws IOException {
    bytes.mark(2);
    boolean gzip = bytes.read() == 0x1F && bytes.read() == 0x8B;
    bytes.reset();
    return gzip;
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }

  /** Members one after another; anything else behind the last one is an error, not left out. */
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

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    /** Never 0: a gzip reader would take that for the end of the file after any member. */
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
