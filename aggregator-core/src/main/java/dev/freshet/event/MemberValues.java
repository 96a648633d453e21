package dev.freshet.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.event.Members.Node;
import java.io.IOException;
import java.util.List;

/** The token and the text of each wanted member. */
final class MemberValues {

  /** Stands for a member whose path meets something else than an object. */
  private static final JsonToken MISPLACED = JsonToken.NOT_AVAILABLE;

  private final JsonToken[] tokens;
  private final String[] texts;

  MemberValues(int members) {
    tokens = new JsonToken[members];
    texts = new String[members];
  }

  void set(int index, JsonToken token, JsonParser parser) throws IOException {
    set(index, token, token.isScalarValue() ? parser.getText() : null);
  }

  void set(int index, JsonToken token, String text) {
    tokens[index] = token;
    texts[index] = text;
  }

  void clear(List<Integer> indexes) {
    indexes.forEach(index -> tokens[index] = null);
  }

  /** Sets a member that is a plain value; what is inside is absent. */
  void set(Node node, JsonToken token, String text) {
    if (node.index >= 0) {
      set(node.index, token, text);
    }
    if (!node.wrapper) {
      clear(node.inside);
    }
  }

  /** Starts a member that is an object. */
  void setObject(Node node) {
    if (node.index >= 0) {
      set(node.index, JsonToken.START_OBJECT, (String) null);
    }
    clear(node.inside);
  }

  void misplace(List<Integer> indexes, String place) {
    indexes.forEach(
        index -> {
          tokens[index] = MISPLACED;
          texts[index] = place;
        });
  }

  boolean isAbsent(int index) {
    return tokens[index] == null || tokens[index] == JsonToken.VALUE_NULL;
  }

  /** Returns whether the event has no such member, because a path leads elsewhere or nowhere. */
  boolean isNowhere(int index) {
    return isAbsent(index) || tokens[index] == MISPLACED;
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

  boolean isTrue(int index) {
    return tokens[index] == JsonToken.VALUE_TRUE;
  }

  boolean isFalse(int index) {
    return tokens[index] == JsonToken.VALUE_FALSE;
  }

  String text(int index) {
    return texts[index];
  }

  /** Describes a member for a message. */
  String shown(int index) {
    return tokens[index] == MISPLACED
        ? "inside " + texts[index]
        : shown(tokens[index], texts[index]);
  }

  static String shown(JsonToken token, String text) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> Quote.of(text);
      default -> Quote.cut(text);
    };
  }
}
