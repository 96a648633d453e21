package dev.freshet.replay.table;

import dev.freshet.replay.table.Cell.Kind;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a table: as its format declares them, or learned from all of its rows.
 *
 * <p>Spark's serializer takes no records, so this holds none.
 */
public final class ColumnKinds implements Serializable {

  /** In the order of appearance; null as long as no row has a cell in it. */
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  /** Of the columns that have one, see {@link Column#parquetType}. */
  private final Map<String, String> parquetTypes = new HashMap<>();

  private long rows;

  /** Reads a table to its end. */
  public static ColumnKinds of(RowReader table) throws IOException {
    ColumnKinds learned = new ColumnKinds();
    List<Column> declared = table.declared();
    declared.forEach(learned::put);
    for (Cell[] cells = table.next(); cells != null; cells = table.next()) {
      if (declared.isEmpty()) {
        learned.learn(table.names(), cells);
      }
      learned.rows++;
    }
    table.names().forEach(name -> learned.kinds.putIfAbsent(name, null));
    return learned;
  }

  private void learn(List<String> names, Cell[] cells) {
    for (int i = 0; i < cells.length; i++) {
      Kind found = cells[i] == null ? null : cells[i].kind();
      Kind known = kinds.putIfAbsent(names.get(i), found);
      if (known != null && found != null) {
        kinds.put(names.get(i), known.or(found));
      }
    }
  }

  private void put(Column column) {
    kinds.put(column.name(), column.kind());
    parquetTypes.put(column.name(), column.parquetType());
  }

  /** A column, or null if no row has a cell in it and nothing declares it. */
  private Column column(String name) {
    Kind kind = kinds.get(name);
    return kind == null ? null : new Column(name, kind, parquetTypes.get(name));
  }

  /**
   * Adds what another part of the table holds, below this one.
   *
   * @throws IOException if a column has types that nothing holds both of
   */
  public void add(ColumnKinds part) throws IOException {
    for (String name : part.kinds.keySet()) {
      Column known = column(name);
      Column found = part.column(name);
      if (found == null) {
        kinds.putIfAbsent(name, null);
      } else {
        put(known == null ? found : ParquetTypes.common(known, found));
      }
    }
    rows += part.rows;
  }

  /** The columns; one without any cell is text. */
  public List<Column> columns() {
    return kinds.keySet().stream()
        .map(name -> kinds.get(name) == null ? new Column(name, Kind.TEXT) : column(name))
        .toList();
  }

  /** How many rows there are. */
  public long rows() {
    return rows;
  }
}
