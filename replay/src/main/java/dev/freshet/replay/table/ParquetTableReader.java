package dev.freshet.replay.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.freshet.replay.file.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads a Parquet file of flat rows; holds one row group at a time. */
final class ParquetTableReader implements RowReader {

  private static final String MAGIC = "PAR1";

  /** Takes no value: they are read column by column. */
  private static final GroupConverter NOTHING =
      new GroupConverter() {
        @Override
        public Converter getConverter(int field) {
          return new PrimitiveConverter() {};
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
      };

  private final String file;
  private final ParquetFileReader in;
  private final MessageType schema;
  private final List<Column> columns = new ArrayList<>();
  private final List<ParquetValues> values = new ArrayList<>();
  private List<ColumnReader> readers = List.of();
  private int rowGroup;
  private long left;
  private long row;

  /**
   * @param name the name of the file in messages
   */
  ParquetTableReader(Path file, String name) throws IOException {
    this.file = name;
    this.in = open(file, name);
    this.schema = in.getFileMetaData().getSchema();
    try {
      for (Type type : schema.getFields()) {
        columns.add(ParquetTypes.column(type));
        values.add(new ParquetValues(type.asPrimitiveType()));
      }
      ParquetCodecs.requireKnown(in.getRowGroups());
    } catch (IOException e) {
      in.close();
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static ParquetFileReader open(Path file, String name) throws IOException {
    try (InputStream start = FileContent.open(file)) {
      if (!new String(start.readNBytes(MAGIC.length()), ISO_8859_1).equals(MAGIC)) {
        throw new IOException("cannot read " + name + ": it is no Parquet file, or encrypted");
      }
    }
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new ParquetCodecs())
            .build();
    try {
      return ParquetFileReader.open(new LocalInputFile(file), options);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "cannot read " + name + ": it is no whole Parquet file: write it anew", e);
    }
  }

  @Override
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  @Override
  public List<Column> declared() {
    return columns;
  }

  @Override
  public Cell[] next() throws IOException {
    if (!hasRow()) {
      return null;
    }
    row++;
    left--;
    Cell[] cells = new Cell[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      ColumnReader reader = readers.get(i);
      try {
        boolean isPresent =
            reader.getCurrentDefinitionLevel() == reader.getDescriptor().getMaxDefinitionLevel();
        cells[i] = isPresent ? cell(reader, i) : null;
        reader.consume();
      } catch (ParquetDecodingException e) {
        throw damaged(row - 1, e);
      }
    }
    return cells;
  }

  private List<ColumnReader> readers(PageReadStore group) {
    ColumnReadStore store =
        new ColumnReadStoreImpl(group, NOTHING, schema, in.getFileMetaData().getCreatedBy());
    return schema.getColumns().stream().map(store::getColumnReader).toList();
  }

  private boolean hasRow() throws IOException {
    try {
      while (left == 0) {
        if (rowGroup == in.getRowGroups().size()) {
          return false;
        }
        left = in.getRowGroups().get(rowGroup++).getRowCount();
        if (left == 0) {
          in.skipNextRowGroup();
        } else {
          readers = readers(in.readNextRowGroup());
        }
      }
      return true;
    } catch (IOException | RuntimeException e) {
      throw damaged(row, e);
    }
  }

  private IOException damaged(long after, Exception e) {
    return new IOException(
        "cannot read %s after row %d: it is damaged: write it anew".formatted(file, after), e);
  }

  private Cell cell(ColumnReader reader, int field) throws IOException {
    String name = columns.get(field).name();
    try {
      return values.get(field).read(reader);
    } catch (ParquetDecodingException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("%s has %s in column %s".formatted(place(), e.getMessage(), name), e);
    } catch (RuntimeException e) {
      throw new IOException(
          "%s has a value in column %s that is none of its type".formatted(place(), name), e);
    }
  }

  @Override
  public String place() {
    return file + " row " + row;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
