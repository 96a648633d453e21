package dev.freshet.replay.table;

import dev.freshet.fold.FeatureValues;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/** The part of a column in a row group, encoded and compressed in memory. */
final class ParquetColumn {

  /**
   * Values are listed in a dictionary only while it is small, as counts are: a large one takes more
   * time than it saves.
   */
  static final ParquetProperties PROPERTIES =
      ParquetProperties.builder().withDictionaryPageSize(1 << 16).build();

  private final PrimitiveType type;
  private final ColumnDescriptor column;
  private final ColumnChunkPageWriteStore pages;
  private final ColumnWriteStore store;

  ParquetColumn(PrimitiveType type) {
    MessageType schema = new MessageType("row", type);
    this.type = type;
    this.column = schema.getColumns().get(0);
    this.pages =
        new ColumnChunkPageWriteStore(
            new ParquetCodecs().getCompressor(CompressionCodecName.ZSTD),
            schema,
            new HeapByteBufferAllocator(),
            PROPERTIES.getColumnIndexTruncateLength());
    this.store = PROPERTIES.newColumnWriteStore(schema, pages);
  }

  /** Writes the cells of all rows; null is absent. */
  void writeCells(List<Cell[]> rows, int index) {
    ParquetValues values = new ParquetValues(type);
    ColumnWriter out = store.getColumnWriter(column);
    for (Cell[] row : rows) {
      Cell cell = index < row.length ? row[index] : null;
      if (cell == null) {
        out.writeNull(0, 0);
      } else {
        values.write(cell, out);
      }
      store.endRecord();
    }
    store.flush();
  }

  /** Writes a feature that is a text. */
  void writeTexts(List<FeatureValues> rows, int feature) {
    ColumnWriter out = store.getColumnWriter(column);
    for (FeatureValues row : rows) {
      String text = row.text(feature);
      if (text == null) {
        out.writeNull(0, 0);
      } else {
        out.write(Binary.fromString(text), 0, 1);
      }
      store.endRecord();
    }
    store.flush();
  }

  /** Writes a feature that is a number, of each row; see {@link NumberColumn#write}. */
  void writeNumbers(double[] rows, short[] spare) throws IOException {
    new NumberColumn(type, pages.getPageWriter(column)).write(rows, spare);
  }

  void writeTo(ParquetFileWriter file) throws IOException {
    pages.flushToFileWriter(file);
    store.close();
    pages.close();
  }
}
