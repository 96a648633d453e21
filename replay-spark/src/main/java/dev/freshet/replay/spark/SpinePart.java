package dev.freshet.replay.spark;

import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.input.PortableDataStream;
import org.apache.spark.util.TaskCompletionListener;

/** One file of a spine, read from a copy on the executor's disk: Parquet is read from its end. */
final class SpinePart implements RowReader {

  private final String file;
  private final Path copy;
  private final RowReader rows;

  /**
   * Opens a file; it is closed with the task, if not before.
   *
   * @param ids the columns that hold ids
   */
  static SpinePart open(String file, PortableDataStream content, Set<String> ids)
      throws IOException {
    SpinePart part = new SpinePart(file, content, ids);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> part.close());
    return part;
  }

  private SpinePart(String file, PortableDataStream content, Set<String> ids) throws IOException {
    this.file = file;
    TableFormat format = Tables.format(file);
    this.copy = Files.createTempFile("freshet-spine-", format.extension());
    try {
      Files.delete(copy);
      try (InputStream in = content.open()) {
        Files.copy(in, copy);
      }
      this.rows = format.read(copy, ids);
    } catch (IOException e) {
      Files.deleteIfExists(copy);
      throw named(e);
    }
  }

  @Override
  public List<String> names() {
    return rows.names();
  }

  @Override
  public List<Column> declared() {
    return rows.declared();
  }

  @Override
  public Cell[] next() throws IOException {
    try {
      return rows.next();
    } catch (IOException e) {
      throw named(e);
    }
  }

  @Override
  public String place() {
    return named(rows.place());
  }

  private IOException named(IOException e) {
    return new IOException(named(String.valueOf(e.getMessage())), e);
  }

  /** People know the file, not its copy. */
  private String named(String text) {
    return text.replace(copy.toString(), file);
  }

  @Override
  public void close() {
    try {
      rows.close();
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      copy.toFile().deleteOnExit();
    }
  }
}
