package dev.freshet.replay.spark;

import dev.freshet.replay.FeatureColumns;
import dev.freshet.replay.ReplayReport;
import dev.freshet.replay.events.EventTally;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.RowWriter;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The output folder, with a file for each partition. A task writes a part on the executor's disk
 * and copies it to a temporary folder in the output folder. When all parts are there, one of each
 * is moved to its name, and then {@code _SUCCESS} is written.
 */
final class Output implements Serializable {

  private static final String UNFINISHED = "_temporary";

  /** Writes sorted rows to a table, and counts them. */
  @FunctionalInterface
  interface RowFormat extends Serializable {
    void write(Iterator<byte[]> rows, FeatureColumns columns, RowWriter table, ReplayReport report)
        throws IOException;
  }

  private final String folder;
  private final TableFormat format;
  private final SerializableConfiguration configuration;
  private final Reports reports;
  private final Requirement requirement;

  /** The demand on the events without which there is no output. */
  @FunctionalInterface
  interface Requirement extends Serializable {
    void check(EventTally events) throws IOException;
  }

  Output(
      String folder,
      SerializableConfiguration configuration,
      Reports reports,
      Requirement requirement)
      throws IOException {
    this.folder = folder;
    this.format = TableFormat.require(folder);
    this.configuration = configuration;
    this.reports = reports;
    this.requirement = requirement;
  }

  /** Creates the rows of the output. */
  @FunctionalInterface
  interface Rows {
    JavaRDD<byte[]> create();
  }

  /**
   * Creates the folder and fills it; deletes it if something fails.
   *
   * @throws IOException if the folder exists, the events are not as required, or a file cannot be
   *     written
   */
  void write(List<Column> kept, Declarations declared, RowFormat rowFormat, Rows rows)
      throws IOException {
    if (files().exists(new Path(folder))) {
      throw new IOException("cannot write " + folder + ": it is there already");
    }
    boolean complete = false;
    try {
      files().mkdirs(unfinished());
      List<String> parts =
          rows.create()
              .mapPartitions(part -> writePart(part, kept, declared, rowFormat).iterator())
              .collect();
      requirement.check(reports.value().events());
      commit(parts);
      complete = true;
    } finally {
      if (!complete) {
        files().delete(new Path(folder), true);
      }
    }
  }

  /**
   * Writes a partition unless it is empty; always writes the first, so that no rows have columns.
   */
  private List<String> writePart(
      Iterator<byte[]> rows, List<Column> kept, Declarations declared, RowFormat rowFormat)
      throws IOException {
    TaskContext task = TaskContext.get();
    if (task.partitionId() > 0 && !rows.hasNext()) {
      return List.of();
    }
    FeatureColumns columns = declared.columns();
    ReplayReport report = new ReplayReport();
    String name =
        "part-%05d%s.%d".formatted(task.partitionId(), format.extension(), task.taskAttemptId());
    java.nio.file.Path local = Files.createTempFile("freshet-part-", format.extension());
    try {
      try (RowWriter table = format.write(local, kept, columns.columns())) {
        rowFormat.write(rows, columns, table, report);
      }
      files().copyFromLocalFile(new Path(local.toUri()), new Path(unfinished(), name));
    } finally {
      Files.deleteIfExists(local);
    }
    reports.add(new Reports.Part("rows of " + task.partitionId(), report));
    return List.of(name);
  }

  private void commit(List<String> parts) throws IOException {
    for (String part : parts) {
      Path to = new Path(folder, part.substring(0, part.lastIndexOf('.')));
      if (!files().rename(new Path(unfinished(), part), to)) {
        throw new IOException("cannot write " + to);
      }
    }
    files().delete(unfinished(), true);
    files().create(new Path(folder, "_SUCCESS")).close();
  }

  private Path unfinished() {
    return new Path(folder, UNFINISHED);
  }

  private FileSystem files() throws IOException {
    return new Path(folder).getFileSystem(configuration.value());
  }
}
