package dev.freshet.replay.sort;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Sorts any number of byte strings, as unsigned bytes, in bounded memory: writes each full memory
 * as a sorted run to a temporary file, and merges the runs when they are read.
 *
 * <p>Not safe for use by several threads. Closing it deletes its files.
 */
public final class ExternalSort implements Closeable {

  /** This many runs of a level are merged into one of the next, so that few files are open. */
  private static final int FAN_IN = 64;

  /** The heap that a record takes in addition to its bytes. */
  private static final int OVERHEAD_BYTES = 24;

  private final Path folder;
  private final long memoryBytes;
  private final List<byte[]> held = new ArrayList<>();
  private final List<List<Path>> levels = new ArrayList<>();
  private final List<Closeable> open = new ArrayList<>();
  private long heldBytes;
  private long size;
  private int files;

  /**
   * @param folder an existing folder for the temporary files; others may use it too
   * @param memoryBytes how much to hold before a run is written; at least 1
   */
  public ExternalSort(Path folder, long memoryBytes) {
    if (memoryBytes < 1) {
      throw new IllegalArgumentException("memory must be at least 1 byte: " + memoryBytes);
    }
    this.folder = folder;
    this.memoryBytes = memoryBytes;
  }

  /** Adds a record; the caller must not change it afterwards. */
  public void add(byte[] sorted) throws IOException {
    held.add(sorted);
    size++;
    heldBytes += sorted.length + OVERHEAD_BYTES;
    if (heldBytes >= memoryBytes) {
      spill();
    }
  }

  /** Returns the number of records added. */
  public long size() {
    return size;
  }

  /** Returns the number of temporary files written. */
  public int spills() {
    return files;
  }

  /**
   * Returns all records in order, equal ones too.
   *
   * <p>Call it once, after the last {@link #add}. The iterator throws {@link UncheckedIOException}
   * if a temporary file cannot be read.
   */
  public Iterator<byte[]> sorted() throws IOException {
    held.sort(Arrays::compareUnsigned);
    List<Iterator<byte[]>> runs = readers(levels.stream().flatMap(List::stream).toList());
    runs.add(held.iterator());
    return new Merge(runs);
  }

  private void spill() throws IOException {
    held.sort(Arrays::compareUnsigned);
    add(0, write(held.iterator()));
    held.clear();
    heldBytes = 0;
  }

  private void add(int level, Path run) throws IOException {
    if (levels.size() == level) {
      levels.add(new ArrayList<>());
    }
    List<Path> runs = levels.get(level);
    runs.add(run);
    if (runs.size() == FAN_IN) {
      add(level + 1, write(new Merge(readers(runs))));
      closeReaders();
      for (Path merged : runs) {
        Files.delete(merged);
      }
      runs.clear();
    }
  }

  private Path write(Iterator<byte[]> records) throws IOException {
    Path file = Files.createTempFile(folder, "freshet-replay-", ".run");
    files++;
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      while (records.hasNext()) {
        byte[] next = records.next();
        out.writeInt(next.length);
        out.write(next);
      }
    }
    return file;
  }

  private List<Iterator<byte[]>> readers(List<Path> runs) throws IOException {
    List<Iterator<byte[]>> readers = new ArrayList<>();
    for (Path run : runs) {
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(run), 1 << 16));
      open.add(in);
      readers.add(new RunReader(in));
    }
    return readers;
  }

  private void closeReaders() throws IOException {
    for (Closeable each : open) {
      each.close();
    }
    open.clear();
  }

  @Override
  public void close() throws IOException {
    held.clear();
    closeReaders();
    for (List<Path> level : levels) {
      for (Path run : level) {
        Files.deleteIfExists(run);
      }
    }
  }

  /** Reads the records of one run. */
  private static final class RunReader implements Iterator<byte[]> {
    private final DataInputStream in;
    private byte[] ahead;

    RunReader(DataInputStream in) {
      this.in = in;
      this.ahead = read();
    }

    @Override
    public boolean hasNext() {
      return ahead != null;
    }

    @Override
    public byte[] next() {
      if (ahead == null) {
        throw new NoSuchElementException();
      }
      byte[] next = ahead;
      ahead = read();
      return next;
    }

    private byte[] read() {
      try {
        return in.readNBytes(in.readInt());
      } catch (EOFException e) {
        return null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
