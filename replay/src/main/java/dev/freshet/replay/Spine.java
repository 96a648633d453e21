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
 * The rows that features are wanted for: columns named after dimensions hold ids, the column {@code
 * at} holds instants, further columns are kept. The file is read three times, so that no more than
 * a row is held: for its columns, for what it asks, and to write it again with the answers.
 */
final class Spine {

  private final Path file;
  private final TableFormat format;
  private final Set<String> ids;
  private final SpineColumns columns;

  private Spine(Path file, TableFormat format, Set<String> ids, List<Column> columns) {
    this.file = file;
    this.format = format;
    this.ids = ids;
    this.columns = new SpineColumns(file.toString(), columns);
  }

  /** Reads a file for its columns, of which those of the groups' dimensions hold ids. */
  static Spine of(Path file, TableFormat format, List<FeatureGroup> groups) throws IOException {
    Set<String> ids = SpineColumns.dimensions(groups);
    try (RowReader rows = format.read(file, ids)) {
      return new Spine(file, format, ids, ColumnKinds.of(rows).columns());
    }
  }

  /** The columns of the file. */
  List<Column> columns() {
    return columns.columns();
  }

  /** Opens the file once more. */
  RowReader open() throws IOException {
    return format.read(file, ids);
  }

  /** See {@link SpineColumns#choose}. */
  List<FeatureGroup> choose(List<FeatureGroup> groups) throws IOException {
    return columns.choose(groups);
  }

  /**
   * Reads all rows for what they ask.
   *
   * @param before see {@link SpineQuestions}
   * @return how many there are
   */
  long ask(FeatureColumns wanted, boolean before, SpineQuestions.Sink sink) throws IOException {
    SpineQuestions questions = new SpineQuestions(columns(), wanted, before);
    try (RowReader rows = open()) {
      long row = 0;
      for (Cell[] cells = rows.next(); cells != null; cells = rows.next()) {
        questions.ask(cells, row++, rows, sink);
      }
      return row;
    }
  }
}
