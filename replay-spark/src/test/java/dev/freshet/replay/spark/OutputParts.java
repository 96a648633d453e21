package dev.freshet.replay.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The files that a job leaves in its output folder. */
final class OutputParts {

  private OutputParts() {}

  /** Returns the parts of a complete output, in their order. */
  static List<Path> parts(Path output) throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      List<Path> visible =
          files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
      assertThat(visible.get(0)).hasFileName("_SUCCESS");
      return visible.subList(1, visible.size());
    }
  }

  /** Returns the names of the columns, then all rows of all parts with their kinds and values. */
  static List<String> rows(List<Path> parts) throws IOException {
    List<String> rows = new ArrayList<>();
    for (Path part : parts) {
      try (RowReader in = TableFormat.of(part).orElseThrow().read(part)) {
        for (Cell[] row = in.next(); row != null; row = in.next()) {
          rows.add(Arrays.toString(row));
        }
        if (part.equals(parts.get(0))) {
          rows.add(0, in.names().toString());
        }
      }
    }
    return rows;
  }
}
