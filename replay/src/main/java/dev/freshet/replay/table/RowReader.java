package dev.freshet.replay.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Reads a table row by row. */
public interface RowReader extends Closeable {

  /**
   * The names of the columns seen so far, in order; a file of JSON lines may bring up more with
   * every row.
   */
  List<String> names();

  /** The columns, if the format declares their types; none if only cells tell what they are. */
  default List<Column> declared() {
    return List.of();
  }

  /** The next row, a cell for each of {@link #names} or null where absent; null after the last. */
  Cell[] next() throws IOException;

  /** Where the row that was read last stands, such as {@code spine.csv line 7}. */
  String place();
}
