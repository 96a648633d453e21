package dev.freshet.replay.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Reads a table row by row. */
public interface RowReader extends Closeable {

  /**
   * Returns the names of the columns found so far, in order; each row of a JSON lines file may
   * bring more.
   */
  List<String> names();

  /** Returns the columns if the format declares their types, or else an empty list. */
  default List<Column> declared() {
    return List.of();
  }

  /**
   * Returns the next row, or null after the last one: a cell for each of {@link #names}, null where
   * absent.
   */
  Cell[] next() throws IOException;

  /** Returns the place of the row that was read last, such as {@code spine.csv line 7}. */
  String place();
}
