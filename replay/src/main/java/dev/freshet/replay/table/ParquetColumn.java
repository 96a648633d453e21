package dev.freshet.replay.table;

import dev.freshet.fold.FeatureValues;
import java.io.IOException;
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

  private final ParquetValues values;
  private final ColumnChunkPageWriteStore pages;
  private final ColumnWriteStore store;
  private final ColumnWriter out;

  ParquetColumn(PrimitiveType type) {
    MessageType schema = new MessageType("row", type);
    ColumnDescriptor column = schema.getColumns().get(0);
    this.values = new ParquetValues(type);
    this.pages =
        new ColumnChunkPageWriteStore(
            new ParquetCodecs().getCompressor(CompressionCodecName.ZSTD),
            schema,
            new HeapByteBufferAllocator(),
            PROPERTIES.getColumnIndexTruncateLength());
    this.store = PROPERTIES.newColumnWriteStore(schema, pages);
    this.out = store.getColumnWriter(column);
  }

  /** Adds the cell of a row; null is absent. */
  void add(Cell cell) {
    if (cell == null) {
      out.writeNull(0, 0);
    } else {
      values.write(cell.text(), out);
    }
    store.endRecord();
  }

  /** Adds a feature of a row. */
  void add(FeatureValues row, int feature) {
    String text = row.text(feature);
    if (text != null) {
      out.write(Binary.fromString(text), 0, 1);
    } else if (row.isPresent(feature)) {
      out.write(row.number(feature), 0, 1);
    } else {
      out.writeNull(0, 0);
    }
    store.endRecord();
  }

  /** Ends the part. */
  void end() {
    store.flush();
  }

  void writeTo(ParquetFileWriter file) throws IOException {
    pages.flushToFileWriter(file);
    store.close();
    pages.close();
  }
}
