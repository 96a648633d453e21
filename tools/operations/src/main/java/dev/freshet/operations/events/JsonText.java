package dev.freshet.operations.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text of a JSON object, and where in it some members stand. */
final class JsonText {

  private static final JsonFactory JSON = new JsonFactory();

  private final String text;
  private final List<Member> members = new ArrayList<>();

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * A member that is a string or a number.
   *
   * @param start index of the value's first character, the quotation mark included
   * @param end index after the value's last character
   * @param value the characters of the string or number
   */
  record Member(String path, JsonToken kind, int start, int end, String value) {
    boolean isText() {
      return kind == JsonToken.VALUE_STRING;
    }

    boolean isId() {
      return isText() || kind == JsonToken.VALUE_NUMBER_INT;
    }
  }

  /** A member that is looked for, or an object on the path to one. */
  static final class Wanted {
    private final Map<String, Wanted> members = new HashMap<>();
    private String path;

    void add(String wanted) {
      Wanted place = this;
      for (String name : wanted.split("\\.", -1)) {
        place = place.members.computeIfAbsent(name, unseen -> new Wanted());
      }
      place.path = wanted;
    }
  }

  /** Returns the members of an object; empty if the line is not exactly one object in UTF-8. */
  static Optional<JsonText> parse(byte[] line, Wanted wanted) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      JsonText read = new JsonText(text);
      try (JsonParser json = JSON.createParser(text)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          return Optional.empty();
        }
        read.readObject(json, wanted);
        return json.nextToken() == null ? Optional.of(read) : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void readObject(JsonParser json, Wanted object) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      Wanted member = object.members.get(json.currentName());
      JsonToken value = json.nextToken();
      if (member != null && value == JsonToken.START_OBJECT) {
        readObject(json, member);
      } else if (member != null && member.path != null) {
        readValue(json, member.path, value);
      }
      json.skipChildren();
    }
  }

  private void readValue(JsonParser json, String path, JsonToken kind) throws IOException {
    boolean quoted = kind == JsonToken.VALUE_STRING;
    String value = quoted || kind.isNumeric() ? json.getText() : "";
    int start = (int) json.currentTokenLocation().getCharOffset();
    int end = quoted ? (int) json.currentLocation().getCharOffset() : start + value.length();
    members.add(new Member(path, kind, start, end, value));
  }

  /** Returns the members in the order of the text. */
  List<Member> members() {
    return members;
  }

  /** Returns the first of some members that is an id; null if none is. */
  String first(Iterable<String> paths) {
    for (String path : paths) {
      Member last = last(path);
      if (last != null && last.isId()) {
        return last.value();
      }
    }
    return null;
  }

  /** Returns the last member with a path; null if there is none. */
  private Member last(String path) {
    Member found = null;
    for (Member each : members) {
      found = each.path().equals(path) ? each : found;
    }
    return found;
  }

  @Override
  public String toString() {
    return text;
  }
}
