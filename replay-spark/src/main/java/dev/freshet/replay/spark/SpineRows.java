package dev.freshet.replay.spark;

import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Column;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Goes through the rows of a part of a spine, each with a cell for every column of the whole. */
abstract class SpineRows extends Pulled {

  private final SpinePart part;
  private final Map<String, Integer> indexes = new HashMap<>();
  private long row;

  /**
   * @param firstRow the number of the part's first row in the whole spine
   */
  SpineRows(SpinePart part, List<Column> columns, long firstRow) {
    this.part = part;
    this.row = firstRow;
    columns.forEach(column -> indexes.put(column.name(), indexes.size()));
  }

  /** Pushes what a row makes. */
  abstract void row(Cell[] cells, long row) throws IOException;

  @Override
  final boolean advance() throws IOException {
    Cell[] found = part.next();
    if (found == null) {
      part.close();
      return false;
    }
    Cell[] cells = new Cell[indexes.size()];
    for (int i = 0; i < found.length; i++) {
      cells[indexes.get(part.names().get(i))] = found[i];
    }
    row(cells, row++);
    return true;
  }
}
