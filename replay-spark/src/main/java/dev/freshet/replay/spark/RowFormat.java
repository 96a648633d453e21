package dev.freshet.replay.spark;

import dev.freshet.replay.FeatureColumns;
import dev.freshet.replay.ReplayReport;
import dev.freshet.replay.table.RowWriter;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;

/** What rows are written as bytes, and how such are read into a table. */
@FunctionalInterface
interface RowFormat extends Serializable {

  /** Writes rows that are in their order, and counts them. */
  void write(Iterator<byte[]> rows, FeatureColumns columns, RowWriter table, ReplayReport report)
      throws IOException;
}
