package dev.freshet.replay.table;

import dev.freshet.replay.file.FileContent;
import dev.freshet.replay.table.Cell.Kind;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** A format of tables; the extension of a file's name decides. */
public enum TableFormat {
  JSON_LINES(".jsonl"),
  JSON_LINES_GZIPPED(".jsonl.gz"),
  CSV(".csv"),
  CSV_GZIPPED(".csv.gz"),
  PARQUET(".parquet");

  private final String extension;

  TableFormat(String extension) {
    this.extension = extension;
  }

  /** Returns all extensions. */
  public static List<String> extensions() {
    return Arrays.stream(values()).map(format -> format.extension).toList();
  }

  /** Returns the end of its files' names, such as {@code .csv.gz}. */
  public String extension() {
    return extension;
  }

  /** Tells whether a file says its columns first, and then rows of them. */
  public boolean hasColumns() {
    return this == CSV || this == CSV_GZIPPED || this == PARQUET;
  }

  /** Returns the format of a file with this name, if its extension is known. */
  public static Optional<TableFormat> of(Path file) {
    return of(file.toString());
  }

  /** The same, for a file of any file system. */
  public static Optional<TableFormat> of(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> name.endsWith(each.extension)).findFirst();
  }

  /**
   * Returns the format of a file or folder of any file system.
   *
   * @throws IOException if its extension is not known
   */
  public static TableFormat require(String path) throws IOException {
    return of(path.replaceFirst("/+$", ""))
        .orElseThrow(
            () ->
                new IOException(
                    "%s: its name must end in one of %s"
                        .formatted(path, String.join(" ", extensions()))));
  }

  /** Opens a table without ids. */
  public RowReader read(Path file) throws IOException {
    return read(file, Set.of());
  }

  /** Opens a table under the name of its file. */
  public RowReader read(Path file, Set<String> ids) throws IOException {
    return read(file, file.toString(), ids);
  }

  /**
   * Opens a table.
   *
   * @param name the name of the file in messages
   * @param ids the columns that hold ids: in CSV, which has no types, they are text
   * @throws IOException if it cannot be read; the message names it
   */
  public RowReader read(Path file, String name, Set<String> ids) throws IOException {
    return switch (this) {
      case JSON_LINES, JSON_LINES_GZIPPED -> new JsonLinesReader(name, FileContent.open(file));
      case CSV, CSV_GZIPPED -> new CsvReader(name, FileContent.open(file), ids);
      case PARQUET -> new ParquetTableReader(file, name);
    };
  }

  /**
   * Checks that columns can be kept.
   *
   * @throws IOException if one cannot; the message names it
   */
  public void requireKept(List<Column> columns) throws IOException {
    for (Column column : columns) {
      if (this != PARQUET && column.kind() == Kind.BYTES) {
        throw new IOException(
            "column %s holds bytes, which %s cannot keep: write %s, or leave it out"
                .formatted(column.name(), extension, PARQUET.extension));
      }
    }
  }

  /** Starts a table; replaces a file that is there already. */
  public RowWriter write(Path file, List<Column> kept, List<Column> features) throws IOException {
    return switch (this) {
      case JSON_LINES, JSON_LINES_GZIPPED -> new JsonLinesWriter(bytes(file), kept, features);
      case CSV, CSV_GZIPPED -> new CsvWriter(text(file), kept, features);
      case PARQUET -> new ParquetTableWriter(file, kept, features);
    };
  }

  private OutputStream bytes(Path file) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    return this == JSON_LINES_GZIPPED || this == CSV_GZIPPED
        ? new GZIPOutputStream(out, 1 << 16)
        : out;
  }

  private Writer text(Path file) throws IOException {
    return new BufferedWriter(new OutputStreamWriter(bytes(file), StandardCharsets.UTF_8), 1 << 16);
  }
}
