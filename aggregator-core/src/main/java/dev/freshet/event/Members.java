package dev.freshet.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a few members of a JSON object in one streaming pass. Builds no tree, and skips all other
 * members.
 */
final class Members {

  /** Limits nothing but the size of an event: other members may be deep and long. */
  private static final StreamReadConstraints UNLIMITED =
      StreamReadConstraints.builder()
          .maxNestingDepth(EventParser.MOST_BYTES)
          .maxNumberLength(EventParser.MOST_BYTES)
          .maxNameLength(EventParser.MOST_BYTES)
          .build();

  /** Switches off Jackson's guess at other encodings: events are UTF-8. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(UNLIMITED)
          .build();

  private final Map<String, Integer> indexes = new LinkedHashMap<>();

  Members(List<String> names) {
    names.forEach(name -> indexes.putIfAbsent(name, indexes.size()));
  }

  Member member(String name) {
    return new Member(name, indexes.get(name));
  }

  /**
   * Reads the wanted members. Of a member that appears twice, the last counts. Skips a byte order
   * mark at the start.
   *
   * @return null if the record is a JSON document but not an object
   * @throws IOException if the record is not a JSON document; the message says why
   */
  Values read(byte[] data, int offset, int length) throws IOException {
    if (!Utf8.isValid(data, offset, length)) {
      throw new IOException(RecordEncoding.describe(data, offset, length));
    }
    int mark = RecordEncoding.markLength(data, offset, length);
    try {
      return parse(data, offset + mark, length - mark);
    } catch (JsonProcessingException e) {
      throw new IOException(JsonErrors.of(e, data, offset + mark, length - mark), e);
    }
  }

  private Values parse(byte[] data, int offset, int length) throws IOException {
    try (JsonParser parser = JSON.createParser(data, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        finish(parser);
        return null;
      }
      Values values = new Values(indexes.size());
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken token = parser.nextToken();
        Integer index = indexes.get(name);
        if (index != null) {
          values.tokens[index] = token;
          values.texts[index] = token.isScalarValue() ? parser.getText() : null;
        }
        parser.skipChildren();
      }
      finish(parser);
      return values;
    }
  }

  /** Reads to the end; a document followed by anything is not JSON. */
  private static void finish(JsonParser parser) throws IOException {
    if (parser.currentToken() == null) {
      throw new IOException("the record is empty");
    }
    parser.skipChildren();
    if (parser.nextToken() != null) {
      throw new IOException("something follows the JSON document");
    }
  }

  /** The token and the text of each wanted member. */
  static final class Values {
    private final JsonToken[] tokens;
    private final String[] texts;

    private Values(int members) {
      tokens = new JsonToken[members];
      texts = new String[members];
    }

    boolean isAbsent(int index) {
      return tokens[index] == null || tokens[index] == JsonToken.VALUE_NULL;
    }

    boolean isString(int index) {
      return tokens[index] == JsonToken.VALUE_STRING;
    }

    boolean isInteger(int index) {
      return tokens[index] == JsonToken.VALUE_NUMBER_INT;
    }

    boolean isNumber(int index) {
      return isInteger(index) || tokens[index] == JsonToken.VALUE_NUMBER_FLOAT;
    }

    String text(int index) {
      return texts[index];
    }

    /** Describes a member for a message. */
    String shown(int index) {
      return switch (tokens[index]) {
        case START_OBJECT -> "an object";
        case START_ARRAY -> "an array";
        case VALUE_STRING -> Quote.of(texts[index]);
        default -> Quote.cut(texts[index]);
      };
    }
  }
}
