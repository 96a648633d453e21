package dev.freshet.replay.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.freshet.definition.EventType;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat.Unit;
import dev.freshet.replay.file.FileContent;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.TableFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the rows of a table as events: a column is named by the path of a member, such as {@code
 * flight.origin}. An absent cell is an absent member.
 *
 * <p>Ids and types become texts, which are the same as integers to every format; floating-point
 * numbers that may have been rounded, and bytes, become what no format takes for an id. Times of
 * Parquet become what the format of the events expects.
 */
final class TableEvents implements RawEvents {

  private static final JsonFactory JSON = new JsonFactory();
  private static final double MOST_EXACT = 1L << 53;
  private static final double MOST_EXACT_OF_FLOAT = 1 << 24;

  private final RowReader rows;
  private final Set<String> texts = new HashSet<>();
  private final Unit unit;
  private final long fileBytes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private Map<String, Object> tree = Map.of();
  private int columns;
  private long row;

  /**
   * @param name the name of the file in messages
   * @param types the types that the file may hold
   */
  TableEvents(Path file, String name, TableFormat format, List<EventType> types)
      throws IOException {
    if (format != TableFormat.PARQUET) {
      refuseOtherFormats(file, name);
    }
    this.rows = format.read(file, name, Set.of());
    this.fileBytes = Files.size(file);
    List<EventFormat> formats = types.stream().map(EventType::format).distinct().toList();
    formats.forEach(
        each -> {
          texts.addAll(each.id());
          texts.add(each.type());
        });
    this.unit = formats.size() == 1 ? formats.get(0).time().unit() : Unit.TEXT;
  }

  private static void refuseOtherFormats(Path file, String name) throws IOException {
    try (FileContent content = new FileContent(name, FileContent.open(file))) {
      Optional<String> other = OtherFormats.bySignature(content.plain().readNBytes(16));
      if (other.isPresent()) {
        throw new IOException(
            "cannot read %s: not an events file: %s".formatted(name, other.get()));
      }
    }
  }

  @Override
  public RawEvent next() throws IOException {
    Cell[] cells = rows.next();
    if (cells == null) {
      return null;
    }
    row++;
    if (columns != rows.names().size()) {
      columns = rows.names().size();
      tree = tree(rows.names());
    }
    bytes.reset();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      write(tree, cells, json);
      json.writeEndObject();
    }
    return new RawEvent(bytes.toByteArray(), bytes.size(), Place.ofRow(row));
  }

  /** Returns the members of an event: a column's index, or the members of an object. */
  private Map<String, Object> tree(List<String> names) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    for (int column = 0; column < names.size(); column++) {
      String[] path = names.get(column).split("\\.");
      Map<String, Object> object = root;
      for (int i = 0; i < path.length - 1 && object != null; i++) {
        object = members(object.computeIfAbsent(path[i], unseen -> new LinkedHashMap<>()));
      }
      if (path.length == 0 || object == null || object.put(path[path.length - 1], column) != null) {
        throw new IOException(
            "%s has a column %s, and another that is part of it: rename one"
                .formatted(rows.place(), names.get(column)));
      }
    }
    return root;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> members(Object node) {
    return node instanceof Map ? (Map<String, Object>) node : null;
  }

  private void write(Map<String, Object> object, Cell[] cells, JsonGenerator json)
      throws IOException {
    for (Map.Entry<String, Object> member : object.entrySet()) {
      if (member.getValue() instanceof Integer column) {
        if (column < cells.length && cells[column] != null && !cells[column].isNaN()) {
          json.writeFieldName(member.getKey());
          write(cells[column], column, json);
        }
      } else {
        json.writeObjectFieldStart(member.getKey());
        write(members(member.getValue()), cells, json);
        json.writeEndObject();
      }
    }
  }

  private void write(Cell cell, int column, JsonGenerator json) throws IOException {
    switch (cell.kind()) {
      case INTEGER, LONG, NUMBER, DIGITS -> {
        String number = cell.kind() == Kind.NUMBER ? number(cell.text(), column) : cell.text();
        boolean isText = texts.contains(rows.names().get(column)) && !hasFraction(number);
        if (isText || number.endsWith("Infinity")) {
          json.writeString(number);
        } else {
          json.writeNumber(number);
        }
      }
      case BOOLEAN, JSON -> json.writeRawValue(cell.text());
      case TIMESTAMP -> writeTime(cell.text(), json);
      case LOCAL_TIMESTAMP -> writeTime(cell.text() + "Z", json);
      case BYTES -> {
        json.writeStartObject();
        json.writeStringField("base64", cell.text());
        json.writeEndObject();
      }
      default -> json.writeString(cell.text());
    }
  }

  /**
   * Returns the text of a floating-point number: with a fraction and an exponent if its type holds
   * no longer every integer, as it may be another one than was meant.
   */
  private String number(String text, int column) {
    if (rows.declared().isEmpty()) {
      return text;
    }
    String type = rows.declared().get(column).parquetType();
    double most = type.matches("\\w+ float .*") ? MOST_EXACT_OF_FLOAT : MOST_EXACT;
    double number = Double.parseDouble(text);
    return Math.abs(number) <= most || Double.isInfinite(number) ? text : Double.toString(number);
  }

  /** Tells whether a number is written as only floating-point numbers and decimals are. */
  private static boolean hasFraction(String number) {
    return number.indexOf('.') >= 0 || number.indexOf('+') >= 0;
  }

  private void writeTime(String text, JsonGenerator json) throws IOException {
    int digits =
        switch (unit) {
          case TEXT, TEXT_OR_MILLIS -> -1;
          case SECONDS -> 0;
          case MILLIS -> 3;
          case MICROS -> 6;
        };
    if (digits < 0) {
      json.writeString(text);
    } else {
      Instant time = Instant.parse(text);
      BigDecimal seconds =
          BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), 9));
      json.writeNumber(seconds.scaleByPowerOfTen(digits).stripTrailingZeros().toPlainString());
    }
  }

  /** The reader of a table does not tell: all of it, as soon as a row was read. */
  @Override
  public long bytesRead() {
    return row == 0 ? 0 : fileBytes;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
