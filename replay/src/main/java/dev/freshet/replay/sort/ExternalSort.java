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
 * Sorts any number of byte strings, as unsigned bytes, in bounded memory: what does not fit is
 * spilled as a sorted run to a temporary file, and the runs are merged when they are read.
 *
 * <p>Not safe for use by several threads. Closing it deletes its files.
 */
public final class ExternalSort implements Closeable {

  /** So many runs of a level become one of the next, which bounds the files that are open. */
  private static final int FAN_IN = 64;

  /** What a record costs on the heap beside its bytes. */
  private static final int OVERHEAD_BYTES = 24;

  private final Path folder;
  private final long memoryBytes;
  private final List<byte[]> held = new ArrayList<>();
  private final List<List<Path>> levels = new ArrayList<>();
  private final List<Closeable> open = new ArrayList<>();
  private long heldBytes;
  private int files;

  /**
   * @param folder an existing folder of this sort's own
   * @param memoryBytes how much to hold before a run is spilled; at least 1
   */
  public ExternalSort(Path folder, long memoryBytes) {
    if (memoryBytes < 1) {
      throw new IllegalArgumentException("memory must be at least 1 byte: " + memoryBytes);
    }
    this.folder = folder;
    this.memoryBytes = memoryBytes;
  }

  /** Adds a record, which must not change any more. */
  public void add(byte[] sorted) throws IOException {
    held.add(sorted);
    heldBytes += sorted.length + OVERHEAD_BYTES;
    if (heldBytes >= memoryBytes) {
      spill();
    }
  }

  /** How many temporary files were written. */
  public int spills() {
    return files;
  }

  /**
   * Everything that was added, in order; records that are equal stay, each of them.
   *
   * <p>To be called once, after the last {@link #add}; the iterator throws {@link
   * UncheckedIOException} where a temporary file cannot be read.
   */
  public Iterator<byte[]> sorted() throws IOException {
    held.sort(Arrays::compareUnsigned);
    List<Iterator<byte[]>> runs = new ArrayList<>();
    for (List<Path> level : levels) {
      for (Path run : level) {
        runs.add(reader(run));
      }
    }
    runs.add(held.iterator());
    return runs.size() == 1 ? runs.get(0) : new Merge(runs);
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
      List<Iterator<byte[]>> readers = new ArrayList<>();
      for (Path each : runs) {
        readers.add(reader(each));
      }
      add(level + 1, write(new Merge(readers)));
      closeReaders();
      for (Path merged : runs) {
        Files.delete(merged);
      }
      runs.clear();
    }
  }

  private Path write(Iterator<byte[]> records) throws IOException {
    Path file = folder.resolve("run-" + files++);
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

  private Iterator<byte[]> reader(Path run) throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(run), 1 << 16));
    open.add(in);
    return new RunReader(in);
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

  /** The records of one run. */
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
