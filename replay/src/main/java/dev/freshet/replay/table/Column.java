package dev.freshet.replay.table;

import dev.freshet.replay.table.Cell.Kind;
import java.io.Serializable;

/**
 * A column of a table.
 *
 * @param kind the kind that holds all its cells
 * @param parquetType its type in the Parquet file that it was read from; null if it was read from
 *     another format, and its kind decides
 */
public record Column(String name, Kind kind, String parquetType) implements Serializable {

  public Column(String name, Kind kind) {
    this(name, kind, null);
  }
}
