package dev.freshet.replay.table;

import dev.freshet.replay.table.Cell.Kind;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the columns of a table hold, learned from all of its rows. */
public final class ColumnKinds implements Serializable {

  /** In the order of appearance; null as long as no row has a cell in it. */
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  private long rows;

  /** Reads a table to its end. */
  public static ColumnKinds of(RowReader table) throws IOException {
    ColumnKinds learned = new ColumnKinds();
    for (Cell[] cells = table.next(); cells != null; cells = table.next()) {
      learned.learn(table.names(), cells);
      learned.rows++;
    }
    table.names().forEach(name -> learned.learn(name, null));
    return learned;
  }

  private void learn(List<String> names, Cell[] cells) {
    for (int i = 0; i < cells.length; i++) {
      learn(names.get(i), cells[i] == null ? null : cells[i].kind());
    }
  }

  private void learn(String name, Kind found) {
    Kind known = kinds.putIfAbsent(name, found);
    if (known != null && found != null) {
      kinds.put(name, known.or(found));
    }
  }

  /** Adds what another part of the table holds, below this one. */
  public void add(ColumnKinds part) {
    part.kinds.forEach(this::learn);
    rows += part.rows;
  }

  /** The columns; one without any cell is text. */
  public List<Column> columns() {
    return kinds.entrySet().stream()
        .map(
            each ->
                new Column(each.getKey(), each.getValue() == null ? Kind.TEXT : each.getValue()))
        .toList();
  }

  /** How many rows there are. */
  public long rows() {
    return rows;
  }
}
