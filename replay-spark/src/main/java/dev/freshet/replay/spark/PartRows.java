package dev.freshet.replay.spark;

import dev.freshet.replay.FeatureColumns;
import dev.freshet.replay.ReplayReport;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.RowWriter;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;

/** Writes each partition of sorted rows as a part of a table. */
record PartRows(
    Output output, List<Column> kept, Declarations declared, Reports reports, RowFormat format)
    implements Serializable {

  /** Writes all parts; answers with their names. */
  List<String> write(JavaRDD<byte[]> rows) {
    return rows.mapPartitions(part -> write(part).iterator()).collect();
  }

  /** Nothing of an empty partition, but the first one, so that even no rows have columns. */
  private List<String> write(Iterator<byte[]> rows) throws IOException {
    TaskContext task = TaskContext.get();
    if (task.partitionId() > 0 && !rows.hasNext()) {
      return List.of();
    }
    FeatureColumns columns = declared.columns();
    ReplayReport report = new ReplayReport();
    String name =
        output.write(
            task,
            (file, table) -> {
              try (RowWriter out = table.write(file, kept, columns.names())) {
                format.write(rows, columns, out, report);
              }
            });
    reports.add(new Reports.Part("rows of " + task.partitionId(), report));
    return List.of(name);
  }
}
