package dev.freshet.replay;

import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.RowReader;
import java.io.IOException;
import java.util.List;

/** The rows of a spine that are selected. */
final class SelectedRows implements RowReader {

  private final RowReader all;
  private final ReplayScope scope;
  private long row;

  SelectedRows(RowReader all, ReplayScope scope) {
    this.all = all;
    this.scope = scope;
  }

  @Override
  public Cell[] next() throws IOException {
    Cell[] cells = all.next();
    while (cells != null && !isSelected(cells)) {
      cells = all.next();
    }
    return cells;
  }

  private boolean isSelected(Cell[] cells) throws IOException {
    if (!scope.draws(row++)) {
      return false;
    }
    int at = scope.isLimitedInTime() ? all.names().indexOf(Spine.AT) : -1;
    return at < 0
        || scope.hasTime(SpineQuestions.millis(at < cells.length ? cells[at] : null, all));
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
