package dev.freshet.replay.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Parquet files as other programs write and read them, past the code that is tested. */
public final class ParquetFiles {

  private ParquetFiles() {}

  public static MessageType schema(String columns) {
    return MessageTypeParser.parseMessageType("message row { " + columns + " }");
  }

  /** Writes a file of one row for each filler. */
  @SafeVarargs
  public static Path write(Path file, String columns, Consumer<Group>... rows) throws IOException {
    return write(file, CompressionCodecName.SNAPPY, columns, rows);
  }

  @SafeVarargs
  static Path write(Path file, CompressionCodecName codec, String columns, Consumer<Group>... rows)
      throws IOException {
    MessageType schema = schema(columns);
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new ParquetCodecs())
            .withCompressionCodec(codec)
            .withType(schema)
            .build()) {
      for (Consumer<Group> each : rows) {
        Group row = new SimpleGroup(schema);
        each.accept(row);
        out.write(row);
      }
    }
    return file;
  }

  public static MessageType schema(Path file) throws IOException {
    try (ParquetFileReader in = open(file)) {
      return in.getFileMetaData().getSchema();
    }
  }

  /** The rows of a file of one row group, as text. */
  static List<String> rows(Path file) throws IOException {
    List<String> rows = new ArrayList<>();
    try (ParquetFileReader in = open(file)) {
      MessageType schema = in.getFileMetaData().getSchema();
      PageReadStore pages = in.readNextRowGroup();
      if (pages != null) {
        RecordReader<Group> groups =
            new ColumnIOFactory()
                .getColumnIO(schema)
                .getRecordReader(pages, new GroupRecordConverter(schema));
        for (long i = 0; i < pages.getRowCount(); i++) {
          rows.add(groups.read().toString());
        }
      }
    }
    return rows;
  }

  private static ParquetFileReader open(Path file) throws IOException {
    return ParquetFileReader.open(
        new LocalInputFile(file),
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new ParquetCodecs())
            .build());
  }
}
