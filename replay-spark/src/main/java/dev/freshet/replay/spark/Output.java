package dev.freshet.replay.spark;

import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The folder of a table in parts. A part is written on the executor's disk, then put beside the
 * folder's parts; once all are there, one of each is given its name, and then {@code _SUCCESS}
 * appears.
 */
final class Output implements Serializable {

  private static final String UNFINISHED = "_temporary";

  private final String folder;
  private final TableFormat format;
  private final SerializableConfiguration configuration;

  Output(String folder, SerializableConfiguration configuration) throws IOException {
    this.folder = folder;
    this.format = Tables.format(folder);
    this.configuration = configuration;
  }

  /** What writes all parts, and answers with their names. */
  @FunctionalInterface
  interface Parts {
    List<String> write() throws IOException;
  }

  /**
   * Makes the folder and fills it; leaves nothing half-written.
   *
   * @throws IOException if it is there already, or something cannot be written
   */
  void complete(Parts parts) throws IOException {
    if (files().exists(new Path(folder))) {
      throw new IOException("cannot write " + folder + ": it is there already");
    }
    boolean complete = false;
    try {
      files().mkdirs(unfinished());
      commit(parts.write());
      complete = true;
    } finally {
      if (!complete) {
        files().delete(new Path(folder), true);
      }
    }
  }

  /** What writes a part to a local file. */
  @FunctionalInterface
  interface Writing {
    void to(java.nio.file.Path file, TableFormat format) throws IOException;
  }

  /** Writes the part of a task; answers with its name. */
  String write(TaskContext task, Writing writing) throws IOException {
    String name =
        "part-%05d%s.%d".formatted(task.partitionId(), format.extension(), task.taskAttemptId());
    java.nio.file.Path local = Files.createTempFile("freshet-part-", format.extension());
    try {
      writing.to(local, format);
      files().copyFromLocalFile(new Path(local.toUri()), new Path(unfinished(), name));
      return name;
    } finally {
      Files.deleteIfExists(local);
    }
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
