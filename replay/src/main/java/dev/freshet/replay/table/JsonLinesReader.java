package dev.freshet.replay.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.freshet.event.Quote;
import dev.freshet.event.Utf8;
import dev.freshet.replay.table.Cell.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a JSON object a line. A member is a cell; a cell is absent if its member is null or
 * missing.
 */
final class JsonLinesReader implements RowReader {

  private static final int LONGEST_LINE = 1 << 26;

  private static final Pattern NO_NUMBER = Pattern.compile("[-+]?(NaN|Infinity)");

  static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private final String file;
  private final Lines lines;
  private final Map<String, Integer> indexes = new LinkedHashMap<>();

  /**
   * @param file the name of the file in messages
   * @param content the file as it is stored; closed with this object
   */
  JsonLinesReader(String file, InputStream content) throws IOException {
    this.file = file;
    this.lines = new Lines(file, content, LONGEST_LINE);
  }

  @Override
  public List<String> names() {
    return List.copyOf(indexes.keySet());
  }

  @Override
  public Cell[] next() throws IOException {
    byte[] line = lines.next();
    if (line == null) {
      return null;
    }
    if (line.length == LONGEST_LINE) {
      throw new IOException(place() + " is longer than 64 MiB");
    }
    if (!Utf8.isValid(line, 0, line.length)) {
      throw new IOException("%s is not UTF-8: write the file as UTF-8".formatted(place()));
    }
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException(place() + " is not a JSON object");
      }
      return row(parser);
    } catch (StreamConstraintsException e) {
      throw new IOException(place() + " has a number or name too long, or nests too deep", e);
    } catch (JsonProcessingException e) {
      throw new IOException(place() + " is not JSON, " + around(line, e), e);
    }
  }

  /** Shows where a line is wrong: the text from the token in which the parser stopped. */
  private static String around(byte[] line, JsonProcessingException e) {
    long found = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
    int at = (int) Math.max(0, Math.min(found, line.length));
    int start = at;
    while (start > 0 && isOfWord(line[start - 1])) {
      start--;
    }
    String rest = new String(line, start, line.length - start, UTF_8);
    Matcher number = NO_NUMBER.matcher(rest);
    return number.lookingAt()
        ? "which has no number %s: write null".formatted(number.group())
        : "at byte %d: %s".formatted(at, Quote.of(rest));
  }

  private static boolean isOfWord(byte b) {
    return b == '-' || b == '+' || b == '.' || Character.isLetterOrDigit(b);
  }

  private Cell[] row(JsonParser parser) throws IOException {
    List<Cell> cells = new ArrayList<>(Arrays.asList(new Cell[indexes.size()]));
    BitSet seen = new BitSet();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      int index = indexes.computeIfAbsent(name, unseen -> indexes.size());
      if (seen.get(index)) {
        throw new IOException("%s has %s twice".formatted(place(), Quote.of(name)));
      }
      seen.set(index);
      while (cells.size() <= index) {
        cells.add(null);
      }
      cells.set(index, writable(cell(parser, parser.nextToken()), name));
    }
    if (parser.nextToken() != null) {
      throw new IOException(place() + " goes on behind its JSON object");
    }
    return cells.toArray(Cell[]::new);
  }

  /**
   * Rejects half a character, such as {@code \\ud800} alone: it would be written as another one.
   */
  private Cell writable(Cell cell, String name) throws IOException {
    if (!Utf8.canWrite(name) || (cell != null && !Utf8.canWrite(cell.text()))) {
      throw new IOException(
          "%s has half a character (a lone surrogate) in %s: write it whole"
              .formatted(place(), Quote.of(name)));
    }
    return cell;
  }

  private static Cell cell(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> Cell.text(parser.getText());
      case VALUE_NUMBER_INT -> Cell.integer(parser.getText());
      case VALUE_NUMBER_FLOAT -> Cell.number(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> new Cell(Kind.BOOLEAN, parser.getText());
      default -> new Cell(Kind.JSON, document(parser));
    };
  }

  private static String document(JsonParser parser) throws IOException {
    StringWriter document = new StringWriter();
    try (JsonGenerator copy = JSON.createGenerator(document)) {
      copy.copyCurrentStructureExact(parser);
    }
    return document.toString();
  }

  @Override
  public String place() {
    return file + " line " + lines.number();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
