package dev.freshet.replay.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.event.Quote;
import dev.freshet.event.Utf8;
import dev.freshet.replay.file.FileContent;
import dev.freshet.replay.table.Cell.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads comma-separated values as RFC 4180 defines them, in UTF-8; the first record holds the
 * names. An empty field is absent. The look of a field decides its kind; its text is kept. Ids are
 * text, except those that look like floating-point numbers.
 */
final class CsvReader implements RowReader {

  private static final int END = -1;

  private final String file;
  private final InputStream in;
  private final List<String> names;
  private final Set<String> ids;

  private final byte[] block = new byte[1 << 16];
  private int next;
  private int filled;

  private byte[] field = new byte[64];
  private int length;

  private long line = 1;
  private long recordLine = 1;
  private int ahead;

  /**
   * @param file the name of the file in messages
   * @param content the file as it is stored; closed with this object
   * @param ids the names of the columns that hold ids
   */
  CsvReader(String file, InputStream content, Set<String> ids) throws IOException {
    this.file = file;
    this.ids = ids;
    this.in = new FileContent(file, content).plain();
    try {
      read();
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
    Cell[] cells = new Cell[names.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cell(record.get(i), ids.contains(names.get(i)));
    }
    return cells;
  }

  private static Cell cell(String text, boolean isId) {
    if (text.isEmpty()) {
      return null;
    }
    int integer = integerEnd(text);
    if (integer == text.length()) {
      return isId ? Cell.text(text) : Cell.integer(text);
    }
    if (integer > 0 && exponentEnd(text, fractionEnd(text, integer)) == text.length()) {
      return Cell.number(text);
    }
    boolean logical = !isId && (text.equals("true") || text.equals("false"));
    return new Cell(logical ? Kind.BOOLEAN : Kind.TEXT, text);
  }

  /** Returns the end of the integer at the start of a text, as JSON writes it; 0 without one. */
  private static int integerEnd(String text) {
    int start = text.charAt(0) == '-' ? 1 : 0;
    int end = digitsEnd(text, start);
    boolean hasNeedlessZero = end > start + 1 && text.charAt(start) == '0';
    return end == start || hasNeedlessZero ? 0 : end;
  }

  private static int fractionEnd(String text, int at) {
    int end = at < text.length() && text.charAt(at) == '.' ? digitsEnd(text, at + 1) : at;
    return end > at + 1 ? end : at;
  }

  private static int exponentEnd(String text, int at) {
    if (at == text.length() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
      return at;
    }
    int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 1 : 0;
    int end = digitsEnd(text, at + 1 + sign);
    return end > at + 1 + sign ? end : at;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** Returns the fields of the next record that is not an empty line; null after the last. */
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
    length = 0;
    if (ahead == '"') {
      readQuoted();
    }
    while (ahead != ',' && ahead != '\n' && ahead != '\r' && ahead != END) {
      take();
    }
    if (!Utf8.isValid(field, 0, length)) {
      throw new IOException(
          "%s is not UTF-8, from %s on: write the file as UTF-8"
              .formatted(place(), Quote.of(new String(field, 0, length, ISO_8859_1))));
    }
    return new String(field, 0, length, UTF_8);
  }

  private void readQuoted() throws IOException {
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
      take();
    }
  }

  private void take() throws IOException {
    field = length == field.length ? Arrays.copyOf(field, 2 * length) : field;
    field[length++] = (byte) ahead;
    read();
  }

  private void read() throws IOException {
    line += ahead == '\n' ? 1 : 0;
    if (next == filled) {
      fill();
    }
    ahead = filled > 0 ? block[next++] & 0xFF : END;
  }

  private void fill() throws IOException {
    try {
      next = 0;
      filled = Math.max(0, in.read(block));
    } catch (IOException e) {
      throw new IOException(
          "cannot read %s after line %d: %s".formatted(file, line, FileContent.reason(e)), e);
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
