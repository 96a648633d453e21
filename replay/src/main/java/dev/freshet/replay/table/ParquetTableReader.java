package dev.freshet.replay.table;

import dev.freshet.replay.table.Cell.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** A Parquet file of flat rows; holds one row group at a time. */
final class ParquetTableReader implements RowReader {

  private final Path file;
  private final ParquetFileReader in;
  private final MessageType schema;
  private final MessageColumnIO columns;
  private final List<String> names = new ArrayList<>();
  private final List<Kind> kinds = new ArrayList<>();
  private RecordReader<Group> rows;
  private long left;
  private long row;

  ParquetTableReader(Path file) throws IOException {
    this.file = file;
    if (!Files.isReadable(file)) {
      throw new IOException("cannot read " + file + ": there is no such file");
    }
    this.in = open(file);
    this.schema = in.getFileMetaData().getSchema();
    this.columns = new ColumnIOFactory().getColumnIO(schema);
    try {
      for (Type column : schema.getFields()) {
        kinds.add(ParquetTypes.kind(column));
        names.add(column.getName());
      }
    } catch (IOException e) {
      in.close();
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static ParquetFileReader open(Path file) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new ParquetCodecs())
            .build();
    try {
      return ParquetFileReader.open(new LocalInputFile(file), options);
    } catch (IOException | RuntimeException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public Cell[] next() throws IOException {
    while (left == 0) {
      PageReadStore group = in.readNextRowGroup();
      if (group == null) {
        return null;
      }
      left = group.getRowCount();
      rows = columns.getRecordReader(group, new GroupRecordConverter(schema));
    }
    left--;
    row++;
    return cells(rows.read());
  }

  private Cell[] cells(Group group) {
    Cell[] cells = new Cell[names.size()];
    for (int i = 0; i < cells.length; i++) {
      if (group.getFieldRepetitionCount(i) > 0) {
        cells[i] = cell(group, i);
      }
    }
    return cells;
  }

  private Cell cell(Group group, int field) {
    Kind kind = kinds.get(field);
    return switch (kind) {
      case BOOLEAN -> new Cell(kind, Boolean.toString(group.getBoolean(field, 0)));
      case NUMBER -> number(group, field);
      case TEXT, JSON -> Cell.text(group.getString(field, 0));
      default -> new Cell(kind, ParquetTypes.text(kind, integer(group, field)));
    };
  }

  /** Parquet may hold NaN; a table has no such number, so it is absent. */
  private Cell number(Group group, int field) {
    double number =
        primitive(field) == PrimitiveTypeName.FLOAT
            ? group.getFloat(field, 0)
            : group.getDouble(field, 0);
    return Double.isFinite(number) ? new Cell(Kind.NUMBER, Double.toString(number)) : null;
  }

  private long integer(Group group, int field) {
    return primitive(field) == PrimitiveTypeName.INT32
        ? group.getInteger(field, 0)
        : group.getLong(field, 0);
  }

  private PrimitiveTypeName primitive(int field) {
    return schema.getType(field).asPrimitiveType().getPrimitiveTypeName();
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
