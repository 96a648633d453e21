package dev.freshet.replay.table;

import dev.freshet.fold.FeatureValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Writes a Parquet file, compressed with zstd; every column is optional, features are doubles or
 * texts.
 */
final class ParquetTableWriter implements RowWriter {

  /** The writer buffers a row group in memory, and a reader reads it at once. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final MessageType schema;
  private final List<ParquetValues> values = new ArrayList<>();
  private final ParquetWriter<Group> out;

  ParquetTableWriter(Path file, List<Column> kept, List<Column> features) throws IOException {
    Files.deleteIfExists(file);
    List<Type> fields = new ArrayList<>();
    for (Column column : kept) {
      PrimitiveType type = ParquetTypes.of(column);
      fields.add(type);
      values.add(new ParquetValues(type));
    }
    features.forEach(column -> fields.add(ParquetTypes.of(column)));
    this.schema = new MessageType("row", fields);
    this.out =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new ParquetCodecs())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withType(schema)
            .build();
  }

  @Override
  public void write(Cell[] kept, FeatureValues features) throws IOException {
    Group row = new SimpleGroup(schema);
    for (int i = 0; i < Math.min(values.size(), kept.length); i++) {
      if (kept[i] != null) {
        values.get(i).write(kept[i].text(), row, i);
      }
    }
    for (int i = 0; i < features.size(); i++) {
      if (features.text(i) != null) {
        row.add(values.size() + i, features.text(i));
      } else if (features.isPresent(i)) {
        row.add(values.size() + i, features.number(i));
      }
    }
    out.write(row);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
