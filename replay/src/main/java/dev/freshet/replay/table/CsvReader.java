package dev.freshet.replay.table;

import dev.freshet.replay.table.Cell.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Comma-separated values as RFC 4180 has them, UTF-8, the first record the names; gzipped or not
 * (told by its content). An empty field is absent. What a field is follows from its look; its text
 * is kept.
 */
final class CsvReader implements RowReader {

  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private static final int END = -1;

  private final Path file;
  private final Reader in;
  private final List<String> names;
  private long line = 1;
  private long recordLine;
  private int ahead;

  CsvReader(Path file) throws IOException {
    this.file = file;
    this.in =
        new BufferedReader(
            new InputStreamReader(Lines.plain(file.toString(), Lines.open(file)), decoder()),
            1 << 16);
    try {
      read();
      if (ahead == '\uFEFF') {
        read();
      }
      List<String> header = record();
      this.names = header == null ? List.of() : List.copyOf(header);
      if (new HashSet<>(names).size() < names.size()) {
        throw new IOException(place() + ": a column stands twice");
      }
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static CharsetDecoder decoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public Cell[] next() throws IOException {
    List<String> record = record();
    if (record == null) {
      return null;
    }
    if (record.size() != names.size()) {
      throw new IOException(
          "%s has %d fields, and there are %d columns"
              .formatted(place(), record.size(), names.size()));
    }
    return record.stream().map(CsvReader::cell).toArray(Cell[]::new);
  }

  private static Cell cell(String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (INTEGER.matcher(text).matches()) {
      return Cell.integer(text);
    }
    if (NUMBER.matcher(text).matches()) {
      return new Cell(Kind.NUMBER, text);
    }
    boolean logical = text.equals("true") || text.equals("false");
    return new Cell(logical ? Kind.BOOLEAN : Kind.TEXT, text);
  }

  /** The fields of the next record that is not an empty line; null after the last. */
  private List<String> record() throws IOException {
    while (ahead == '\n' || ahead == '\r') {
      read();
    }
    if (ahead == END) {
      return null;
    }
    recordLine = line;
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (ahead == ',') {
      read();
      fields.add(field());
    }
    return fields;
  }

  private String field() throws IOException {
    StringBuilder field = new StringBuilder();
    if (ahead == '"') {
      quoted(field);
    }
    while (ahead != ',' && ahead != '\n' && ahead != '\r' && ahead != END) {
      field.append((char) ahead);
      read();
    }
    return field.toString();
  }

  private void quoted(StringBuilder field) throws IOException {
    read();
    while (true) {
      if (ahead == END) {
        throw new IOException(place() + " opens a quote that does not end");
      }
      if (ahead == '"') {
        read();
        if (ahead != '"') {
          return;
        }
      }
      field.append((char) ahead);
      read();
    }
  }

  private void read() throws IOException {
    line += ahead == '\n' ? 1 : 0;
    try {
      ahead = in.read();
    } catch (IOException e) {
      throw new IOException(
          "cannot read %s after line %d: %s".formatted(file, line, Lines.reason(e)), e);
    }
  }

  @Override
  public String place() {
    return file + " line " + recordLine;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
