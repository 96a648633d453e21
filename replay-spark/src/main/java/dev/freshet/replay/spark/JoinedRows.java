package dev.freshet.replay.spark;

import dev.freshet.replay.Answers;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.replay.ReplayReport;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.RowWriter;
import java.io.IOException;
import java.util.Iterator;

/**
 * The rows of a spine: the answers to each, if it asked anything, then its cells.
 *
 * @param columns how many cells a row has
 */
record JoinedRows(int columns) implements RowFormat {

  @Override
  public void write(
      Iterator<byte[]> rows, FeatureColumns features, RowWriter table, ReplayReport report)
      throws IOException {
    double[] values = features.absent();
    while (rows.hasNext()) {
      byte[] next = rows.next();
      Cell[] cells = KeptRows.read(next, columns);
      if (cells == null) {
        Answers.read(next, features, values);
      } else {
        table.write(cells, values);
        report.row();
        values = features.absent();
      }
    }
  }
}
