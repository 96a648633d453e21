package dev.freshet.replay.spark;

import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.file.Path;

/** The formats of tables that are told by a path of whatever file system. */
final class Tables {

  private Tables() {}

  /**
   * The format of a file or folder.
   *
   * @throws IOException if its name is none of a table
   */
  static TableFormat format(String path) throws IOException {
    return TableFormat.of(Path.of(new org.apache.hadoop.fs.Path(path).getName()))
        .orElseThrow(
            () ->
                new IOException(
                    "%s: its name must end in one of %s"
                        .formatted(path, String.join(" ", TableFormat.extensions()))));
  }
}
