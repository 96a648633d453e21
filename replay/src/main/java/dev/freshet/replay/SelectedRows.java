package dev.freshet.replay;

import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.RowReader;
import java.io.IOException;
import java.util.List;

/** The rows of a spine that are selected. */
public final class SelectedRows implements RowReader {

  private final RowReader all;
  private final ReplayScope scope;
  private long row;

  SelectedRows(RowReader all, ReplayScope scope) {
    this(all, scope, 0);
  }

  /**
   * @param firstRow the number of the first row, among all rows of the spine
   */
  public SelectedRows(RowReader all, ReplayScope scope, long firstRow) {
    this.all = all;
    this.scope = scope;
    this.row = firstRow;
  }

  @Override
  public Cell[] next() throws IOException {
    Cell[] cells = all.next();
    while (cells != null && !scope.hasRow(cells, row++, all)) {
      cells = all.next();
    }
    return cells;
  }

  @Override
  public List<String> names() {
    return all.names();
  }

  @Override
  public List<Column> declared() {
    return all.declared();
  }

  @Override
  public String place() {
    return all.place();
  }

  @Override
  public void close() throws IOException {
    all.close();
  }
}
