package dev.freshet.replay.table;

import dev.freshet.fold.FeatureValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Writes a Parquet file, compressed with zstd; every column is optional, features are doubles or
 * texts. While it takes the rows of a row group, other threads write the columns of the one before.
 */
final class ParquetTableWriter implements RowWriter {

  /** About the size of a row group, which is in memory when it is written or read. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  /** How many columns one thread writes at once: the values of a row lie side by side in memory. */
  private static final int TOGETHER = 8;

  /** The objects of a cell. */
  private static final int CELL_BYTES = 72;

  private final List<PrimitiveType> types = new ArrayList<>();
  private final int keptColumns;
  private final ParquetFileWriter out;
  private List<Cell[]> kept = new ArrayList<>();
  private List<FeatureValues> features = new ArrayList<>();
  private long bytes;
  private CompletableFuture<Void> before = CompletableFuture.completedFuture(null);

  ParquetTableWriter(Path file, List<Column> kept, List<Column> features) throws IOException {
    Files.deleteIfExists(file);
    kept.forEach(column -> types.add(ParquetTypes.of(column)));
    features.forEach(column -> types.add(ParquetTypes.of(column)));
    this.keptColumns = kept.size();
    this.out =
        new ParquetFileWriter(
            new LocalOutputFile(file),
            new MessageType("row", List.copyOf(types)),
            ParquetFileWriter.Mode.CREATE,
            ROW_GROUP_BYTES,
            0,
            null,
            ParquetColumn.PROPERTIES);
    this.out.start();
  }

  @Override
  public void write(Cell[] cells, FeatureValues values) throws IOException {
    kept.add(cells);
    features.add(values);
    bytes += (long) types.size() * Double.BYTES;
    for (Cell cell : cells) {
      bytes += cell == null ? 0 : CELL_BYTES + cell.text().length();
    }
    if (bytes >= ROW_GROUP_BYTES) {
      startRowGroup();
    }
  }

  private void startRowGroup() throws IOException {
    finishRowGroup();
    List<Cell[]> cells = kept;
    List<FeatureValues> values = features;
    before = CompletableFuture.runAsync(() -> write(cells, values));
    kept = new ArrayList<>(cells.size());
    features = new ArrayList<>(cells.size());
    bytes = 0;
  }

  private void finishRowGroup() throws IOException {
    try {
      before.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw failed.getCause();
      }
      throw e;
    }
  }

  private void write(List<Cell[]> cells, List<FeatureValues> values) {
    List<ParquetColumn> columns = types.stream().map(ParquetColumn::new).toList();
    IntStream.range(0, (columns.size() + TOGETHER - 1) / TOGETHER)
        .parallel()
        .map(part -> part * TOGETHER)
        .forEach(
            from -> {
              int to = Math.min(columns.size(), from + TOGETHER);
              encode(columns, from, to, cells, values);
            });
    try {
      out.startBlock(cells.size());
      for (ParquetColumn each : columns) {
        each.writeTo(out);
      }
      out.endBlock();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void encode(
      List<ParquetColumn> columns,
      int from,
      int to,
      List<Cell[]> cells,
      List<FeatureValues> values) {
    for (int row = 0; row < cells.size(); row++) {
      Cell[] kept = cells.get(row);
      for (int i = from; i < to; i++) {
        if (i < keptColumns) {
          columns.get(i).add(i < kept.length ? kept[i] : null);
        } else {
          columns.get(i).add(values.get(row), i - keptColumns);
        }
      }
    }
    columns.subList(from, to).forEach(ParquetColumn::end);
  }

  @Override
  public void close() throws IOException {
    try {
      if (!kept.isEmpty()) {
        startRowGroup();
      }
      finishRowGroup();
      out.end(Map.of());
    } finally {
      out.close();
    }
  }
}
