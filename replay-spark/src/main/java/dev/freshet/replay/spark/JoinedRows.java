package dev.freshet.replay.spark;

import dev.freshet.fold.FeatureValues;
import dev.freshet.replay.Answers;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.replay.ReplayReport;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.replay.table.RowWriter;
import java.io.IOException;
import java.util.Iterator;

/**
 * The rows of a spine as bytes: the answers to a row sort first, then come its cells.
 *
 * @param columns the number of cells of a row
 */
record JoinedRows(int columns) implements Output.RowFormat {

  /** Stands in the place of an answer's dimension. */
  private static final int CELLS = 255;

  private static final String NO_CELL = "";

  /** Writes the cells of a row as bytes. */
  static byte[] write(KeyWriter out, long row, Cell[] cells) {
    out.number(row).small(CELLS);
    for (Cell cell : cells) {
      if (cell == null) {
        out.text(NO_CELL);
      } else {
        out.text(cell.kind().name()).text(cell.text());
      }
    }
    return out.take();
  }

  @Override
  public void write(
      Iterator<byte[]> rows, FeatureColumns features, RowWriter table, ReplayReport report)
      throws IOException {
    FeatureValues values = features.absent();
    while (rows.hasNext()) {
      byte[] next = rows.next();
      KeyReader in = new KeyReader(next);
      in.number();
      if (in.small() != CELLS) {
        Answers.read(next, features, values);
      } else {
        table.write(cells(in), values);
        report.row();
        values = features.absent();
      }
    }
  }

  private Cell[] cells(KeyReader in) {
    Cell[] cells = new Cell[columns];
    for (int i = 0; i < columns; i++) {
      String kind = in.text();
      cells[i] = kind.equals(NO_CELL) ? null : new Cell(Kind.valueOf(kind), in.text());
    }
    return cells;
  }
}
