package dev.freshet.replay.spark;

import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Cell.Kind;

/** The cells of a spine's rows as bytes; a row's sort behind the answers to it. */
final class KeptRows {

  /** Stands where an answer has its dimension. */
  private static final int KEPT = 255;

  private static final String NO_CELL = "";

  private KeptRows() {}

  static byte[] write(KeyWriter out, long row, Cell[] cells) {
    out.number(row).small(KEPT);
    for (Cell cell : cells) {
      if (cell == null) {
        out.text(NO_CELL);
      } else {
        out.text(cell.kind().name()).text(cell.text());
      }
    }
    return out.take();
  }

  /** The cells, or null of an answer. */
  static Cell[] read(byte[] bytes, int columns) {
    KeyReader in = new KeyReader(bytes);
    in.number();
    if (in.small() != KEPT) {
      return null;
    }
    Cell[] cells = new Cell[columns];
    for (int i = 0; i < columns; i++) {
      String kind = in.text();
      cells[i] = kind.equals(NO_CELL) ? null : new Cell(Kind.valueOf(kind), in.text());
    }
    return cells;
  }
}
