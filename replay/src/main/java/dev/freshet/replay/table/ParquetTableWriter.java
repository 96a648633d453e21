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
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

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
    int featureParts = (types.size() - keptColumns + TOGETHER - 1) / TOGETHER;
    IntStream.range(0, keptColumns + featureParts)
        .parallel()
        .forEach(
            part -> {
              if (part < keptColumns) {
                columns.get(part).writeCells(cells, part);
              } else {
                writeFeatures(columns, (part - keptColumns) * TOGETHER, values);
              }
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

  private void writeFeatures(List<ParquetColumn> columns, int from, List<FeatureValues> values) {
    int count = Math.min(TOGETHER, types.size() - keptColumns - from);
    double[][] numbers = new double[count][values.size()];
    for (int row = 0; row < values.size(); row++) {
      for (int i = 0; i < count; i++) {
        numbers[i][row] = values.get(row).number(from + i);
      }
    }
    short[] spare = new short[values.size()];
    try {
      for (int i = 0; i < count; i++) {
        ParquetColumn column = columns.get(keptColumns + from + i);
        if (types.get(keptColumns + from + i).getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE) {
          column.writeNumbers(numbers[i], spare);
        } else {
          column.writeTexts(values, from + i);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
