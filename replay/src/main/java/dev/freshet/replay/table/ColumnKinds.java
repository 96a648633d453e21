package dev.freshet.replay.table;

import dev.freshet.replay.table.Cell.Kind;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a table: declared by its format, or inferred from all of its rows.
 *
 * <p>Holds no records, as Spark's serializer cannot read them back.
 */
public final class ColumnKinds implements Serializable {

  /** The kinds in the order of the columns; null as long as no row has a cell in the column. */
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  /** See {@link Column#parquetType}. */
  private final Map<String, String> parquetTypes = new HashMap<>();

  private long rows;

  /** Reads a table to its end, and returns its columns. */
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

  /** Returns a column; null if it is not declared and no row has a cell in it. */
  private Column column(String name) {
    Kind kind = kinds.get(name);
    return kind == null ? null : new Column(name, kind, parquetTypes.get(name));
  }

  /**
   * Adds the columns and rows of the next part of the table.
   *
   * @throws IOException if no type holds both types of a column
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

  /** Returns the columns; a column without any cell is text. */
  public List<Column> columns() {
    return kinds.keySet().stream()
        .map(name -> kinds.get(name) == null ? new Column(name, Kind.TEXT) : column(name))
        .toList();
  }

  /** Returns the number of rows. */
  public long rows() {
    return rows;
  }
}
