package dev.freshet.replay.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.replay.table.Cell.Kind;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON object a line; a member is a cell, and null or no member is an absent one. */
final class JsonLinesReader implements RowReader {

  private static final int LONGEST_LINE = 1 << 26;

  static final JsonFactory JSON = JsonFactory.builder().build();

  private final Path file;
  private final Lines lines;
  private final Map<String, Integer> indexes = new LinkedHashMap<>();

  JsonLinesReader(Path file) throws IOException {
    this.file = file;
    this.lines = new Lines(file, LONGEST_LINE);
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
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException(place() + " is not a JSON object");
      }
      return row(parser);
    } catch (JsonProcessingException e) {
      throw new IOException(place() + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private Cell[] row(JsonParser parser) throws IOException {
    List<Cell> cells = new ArrayList<>(Arrays.asList(new Cell[indexes.size()]));
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      int index = indexes.computeIfAbsent(name, unseen -> indexes.size());
      while (cells.size() <= index) {
        cells.add(null);
      }
      cells.set(index, cell(parser, parser.nextToken()));
    }
    if (parser.nextToken() != null) {
      throw new IOException(place() + " goes on behind its JSON object");
    }
    return cells.toArray(Cell[]::new);
  }

  private static Cell cell(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> Cell.text(parser.getText());
      case VALUE_NUMBER_INT -> Cell.integer(parser.getText());
      case VALUE_NUMBER_FLOAT -> new Cell(Kind.NUMBER, parser.getText());
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
