package dev.freshet.replay.table;

import dev.freshet.fold.FeatureValues;
import java.io.Closeable;
import java.io.IOException;

/** Writes a table row by row: kept columns first, then features. */
public interface RowWriter extends Closeable {

  /**
   * Writes a row.
   *
   * @param kept a cell for each kept column, null where absent; missing ones at the end are absent
   * @param features a value for each feature
   */
  void write(Cell[] kept, FeatureValues features) throws IOException;
}
