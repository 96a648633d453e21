package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.ColumnKinds;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A spine: columns named after dimensions hold ids, the column {@code at} holds instants, and other
 * columns are kept. The file is read three times, so that no more than a row is in memory: for its
 * columns, for its questions, and to write its rows with the answers.
 */
final class Spine {

  private final Path file;
  private final TableFormat format;
  private final Set<String> ids;
  private final List<Column> columns;

  /**
   * Reads the columns of a file.
   *
   * @param groups all groups; the columns of their dimensions hold ids
   */
  Spine(Path file, TableFormat format, List<FeatureGroup> groups) throws IOException {
    this.file = file;
    this.format = format;
    this.ids = SpineColumns.dimensions(groups);
    try (RowReader rows = open()) {
      this.columns = ColumnKinds.of(rows).columns();
    }
  }

  List<Column> columns() {
    return columns;
  }

  /** Opens the file once more. */
  RowReader open() throws IOException {
    return format.read(file, ids);
  }

  /**
   * Writes the questions of all rows, see {@link SpineQuestions}.
   *
   * @return the number of rows
   */
  long ask(FeatureColumns wanted, boolean before, BytesSink steps) throws IOException {
    SpineQuestions questions = new SpineQuestions(columns, wanted, before);
    try (RowReader rows = open()) {
      long row = 0;
      for (Cell[] cells = rows.next(); cells != null; cells = rows.next()) {
        questions.ask(cells, row++, rows, steps);
      }
      return row;
    }
  }
}
