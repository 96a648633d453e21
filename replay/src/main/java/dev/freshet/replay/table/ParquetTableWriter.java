package dev.freshet.replay.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** A Parquet file, compressed with zstd; every column is optional, features are doubles. */
final class ParquetTableWriter implements RowWriter {

  /** What is buffered before it is written; readers take such a group at once. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final ParquetWriter<Row> out;

  ParquetTableWriter(Path file, List<Column> kept, List<String> features) throws IOException {
    Files.deleteIfExists(file);
    List<Type> fields = new ArrayList<>();
    kept.forEach(column -> fields.add(ParquetTypes.of(column)));
    features.forEach(name -> fields.add(ParquetTypes.feature(name)));
    this.out =
        new Builder(new LocalOutputFile(file), new Rows(new MessageType("row", fields), kept))
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new ParquetCodecs())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .build();
  }

  @Override
  public void write(Cell[] kept, double[] features) throws IOException {
    out.write(new Row(kept, features));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private record Row(Cell[] kept, double[] features) {}

  /** Writes rows field by field; a field that is left out is null. */
  private static final class Rows extends WriteSupport<Row> {
    private final MessageType schema;
    private final List<ParquetValues> values = new ArrayList<>();
    private RecordConsumer out;

    Rows(MessageType schema, List<Column> kept) {
      this.schema = schema;
      for (Column column : kept) {
        values.add(new ParquetValues(ParquetTypes.of(column), column.kind()));
      }
    }

    @Override
    @Deprecated
    public WriteContext init(Configuration configuration) {
      throw new UnsupportedOperationException("there is no Hadoop here");
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(Row row) {
      out.startMessage();
      for (int i = 0; i < values.size(); i++) {
        if (i < row.kept.length && row.kept[i] != null) {
          start(i);
          values.get(i).write(row.kept[i].text(), out);
          end(i);
        }
      }
      for (int i = 0; i < row.features.length; i++) {
        if (!Double.isNaN(row.features[i])) {
          start(values.size() + i);
          out.addDouble(row.features[i]);
          end(values.size() + i);
        }
      }
      out.endMessage();
    }

    private void start(int field) {
      out.startField(schema.getFieldName(field), field);
    }

    private void end(int field) {
      out.endField(schema.getFieldName(field), field);
    }
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final Rows rows;

    Builder(OutputFile file, Rows rows) {
      super(file);
      this.rows = rows;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @Deprecated
    protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
      return rows;
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
      return rows;
    }
  }
}
