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

  /** How the records are brought in order. */
  public enum Order {
    /** As unsigned bytes. */
    SORTED,
    /** The same, of records that start with a key: a byte, and a text of a {@link KeyWriter}. */
    SORTED_BY_KEY,
    /** Any. */
    NONE
  }

  /** This many runs of a level are merged into one of the next, so that few files are open. */
  private static final int FAN_IN = 64;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final long memoryBytes;
  private final Order order;
  private List<Block> held = new ArrayList<>();
  private final List<List<Path>> levels = new ArrayList<>();
  private final List<Closeable> open = new ArrayList<>();
  private Block last;
  private volatile long heldBytes;
  private long size;
  private int files;

  /**
   * @param folder an existing folder for the temporary files; others may use it too
   * @param memoryBytes how much to hold before a run is written; at least 1
   */
  public ExternalSort(Path folder, long memoryBytes) {
    this(folder, memoryBytes, Order.SORTED);
  }

  ExternalSort(Path folder, long memoryBytes, Order order) {
    if (memoryBytes < 1) {
      throw new IllegalArgumentException("memory must be at least 1 byte: " + memoryBytes);
    }
    this.folder = folder;
    this.memoryBytes = memoryBytes;
    this.order = order;
  }

  /** Adds a record. */
  public void add(byte[] record) throws IOException {
    if (last == null || !last.add(record)) {
      endBlock();
      last = new Block((int) Math.min(BUFFER_BYTES, memoryBytes), record);
    }
    if (heldBytes + last.length() >= memoryBytes) {
      spill();
    }
  }

  private void endBlock() {
    if (last != null) {
      hold(last);
      last = null;
    }
  }

  /** Adds the records of a block, which must not change afterwards; never spills. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread that fills it writes
  void hold(Block block) {
    held.add(block);
    size += block.records();
    heldBytes += block.bytes().length;
  }

  /** Returns the memory that records take, but for a block that is not yet full. */
  long heldBytes() {
    return heldBytes;
  }

  /** Returns the number of records added. */
  public long size() {
    return size + (last == null ? 0 : last.records());
  }

  /** Returns the number of temporary files written. */
  public int spills() {
    return files;
  }

  /**
   * Returns all records in order, equal ones too. The memory of those that it has returned is not
   * freed before the last.
   *
   * <p>Call it once, after the last {@link #add}. The iterator throws {@link UncheckedIOException}
   * if a temporary file cannot be read.
   */
  public Iterator<byte[]> sorted() throws IOException {
    List<Iterator<byte[]>> runs = readers(levels.stream().flatMap(List::stream).toList());
    runs.add(takeHeld());
    return runs.size() == 1 ? runs.get(0) : new Merge(runs);
  }

  /** Returns the records in memory, in order, and holds them no more. */
  private Iterator<byte[]> takeHeld() {
    endBlock();
    List<Block> blocks = held;
    held = new ArrayList<>();
    heldBytes = 0;
    return RecordOrder.of(blocks, order);
  }

  /** Writes what is in memory to a temporary file. */
  void spill() throws IOException {
    add(0, write(takeHeld()));
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
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
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
          new DataInputStream(new BufferedInputStream(Files.newInputStream(run), BUFFER_BYTES));
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
    last = null;
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
