package dev.freshet.replay.table;

import dev.freshet.replay.table.Cell.Kind;
import java.io.Serializable;

/**
 * A column of a table.
 *
 * @param kind what holds all its cells
 * @param parquetType its type in a Parquet file, as {@link ParquetTypes} writes it; null if it came
 *     from another format and its kind decides
 */
public record Column(String name, Kind kind, String parquetType) implements Serializable {

  public Column(String name, Kind kind) {
    this(name, kind, null);
  }
}
