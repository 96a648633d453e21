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

/**
 * The rows that features are wanted for: columns named after dimensions hold ids, the column {@code
 * at} holds instants, further columns are kept. The file is read three times, so that no more than
 * a row is held: for its columns, for what it asks, and to write it again with the answers.
 */
final class Spine {

  private final Path file;
  private final TableFormat format;
  private final SpineColumns columns;

  private Spine(Path file, TableFormat format, List<Column> columns) {
    this.file = file;
    this.format = format;
    this.columns = new SpineColumns(file.toString(), columns);
  }

  /** Reads a file for its columns. */
  static Spine of(Path file, TableFormat format) throws IOException {
    try (RowReader rows = format.read(file)) {
      return new Spine(file, format, ColumnKinds.of(rows).columns());
    }
  }

  /** The columns of the file. */
  List<Column> columns() {
    return columns.columns();
  }

  /** Opens the file once more. */
  RowReader open() throws IOException {
    return format.read(file);
  }

  /** See {@link SpineColumns#choose}. */
  List<FeatureGroup> choose(List<FeatureGroup> groups) throws IOException {
    return columns.choose(groups);
  }

  /**
   * Reads all rows for what they ask.
   *
   * @return how many there are
   */
  long ask(FeatureColumns wanted, SpineQuestions.Sink sink) throws IOException {
    SpineQuestions questions = new SpineQuestions(columns(), wanted);
    try (RowReader rows = open()) {
      long row = 0;
      for (Cell[] cells = rows.next(); cells != null; cells = rows.next()) {
        questions.ask(cells, row++, rows, sink);
      }
      return row;
    }
  }
}
