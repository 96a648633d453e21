package dev.freshet.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.testing.SlowJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a JSON object into maps, the texts of numbers as they are: {@code Map}, {@code String},
 * {@link Number}, {@code Boolean}, {@link #ARRAY}; null for a null.
 */
final class RawJson {

  static final Object ARRAY = "an array".toCharArray();

  private static final int DEEPEST = 8;

  /** The text of a number. */
  record Numeral(String text, boolean isInteger) {}

  private RawJson() {}

  /**
   * Returns the object of a valid document.
   *
   * @param wrapper the member whose members count as those of the event; null if there is none
   */
  static Map<String, Object> read(byte[] data, String wrapper) {
    try (JsonParser json = SlowJson.parser(data)) {
      json.nextToken();
      return object(json, wrapper, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> object(JsonParser json, String wrapper, int depth)
      throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      Object value = value(json, depth);
      if (!name.equals(wrapper) || !(value instanceof Map<?, ?> inner)) {
        members.put(name, value);
      } else {
        members.clear();
        inner.forEach((key, each) -> members.put((String) key, each));
      }
    }
    return members;
  }

  private static Object value(JsonParser json, int depth) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT && depth < DEEPEST) {
      return object(json, null, depth + 1);
    }
    Object value =
        switch (json.currentToken()) {
          case START_OBJECT -> Map.of();
          case START_ARRAY -> ARRAY;
          case VALUE_STRING -> json.getText();
          case VALUE_NUMBER_INT -> new Numeral(json.getText(), true);
          case VALUE_NUMBER_FLOAT -> new Numeral(json.getText(), false);
          case VALUE_TRUE -> true;
          case VALUE_FALSE -> false;
          default -> null;
        };
    json.skipChildren();
    return value;
  }
}
