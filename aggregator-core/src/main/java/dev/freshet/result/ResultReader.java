package dev.freshet.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.event.JsonErrors;
import dev.freshet.event.RecordEncoding;
import dev.freshet.event.Utf8;
import dev.freshet.result.FeatureResult.FeatureValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads result records; ignores unknown members. */
public final class ResultReader {

  private String featureGroup;
  private String dimension;
  private String key;
  private Long version;
  private Long computedAt;
  private Long eventTime;
  private OptionalLong validUntil = OptionalLong.empty();
  private OptionalLong completeSince = OptionalLong.empty();
  private Trigger trigger;
  private List<FeatureValue> features;
  private List<String> absent;
  private boolean archived;

  private ResultReader() {}

  /**
   * Reads one record, from the buffer's position to its limit.
   *
   * @throws IOException if it is not a result record; the message says why
   */
  public static FeatureResult read(ByteBuffer data) throws IOException {
    ByteBuffer text = data.hasArray() ? data : copy(data);
    byte[] bytes = text.array();
    int offset = text.arrayOffset() + text.position();
    int length = text.remaining();
    if (!Utf8.isValid(bytes, offset, length)) {
      throw new IOException(RecordEncoding.describe(bytes, offset, length));
    }
    try (JsonParser json = ResultJson.JSON.createParser(bytes, offset, length)) {
      expect(json.nextToken(), JsonToken.START_OBJECT, "a result record must be an object");
      FeatureResult result = new ResultReader().members(json).result();
      if (json.nextToken() != null) {
        throw new IOException("something follows the result record");
      }
      return result;
    } catch (JsonProcessingException e) {
      throw new IOException(JsonErrors.of(e, bytes, offset, length), e);
    }
  }

  private static ByteBuffer copy(ByteBuffer data) {
    return ByteBuffer.allocate(data.remaining()).put(data.duplicate()).flip();
  }

  private ResultReader members(JsonParser json) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "featureGroup" -> featureGroup = requireName(text(json, name), name);
        case "dimension" -> dimension = requireName(text(json, name), name);
        case "key" -> key = requireKey(text(json, name));
        case "version" -> version = integer(json, name);
        case "computedAt" -> computedAt = integer(json, name);
        case "eventTime" -> eventTime = integer(json, name);
        case "validUntil" ->
            validUntil =
                token == JsonToken.VALUE_NULL
                    ? OptionalLong.empty()
                    : OptionalLong.of(integer(json, name));
        case "completeSince" -> completeSince = OptionalLong.of(integer(json, name));
        case "trigger" -> trigger = Trigger.of(text(json, name));
        case "features" -> features = features(json);
        case "absent" -> absent = names(json);
        case "archived" -> archived = flag(token, name);
        default -> json.skipChildren();
      }
    }
    return this;
  }

  private FeatureResult result() throws IOException {
    boolean complete =
        featureGroup != null
            && dimension != null
            && key != null
            && version != null
            && computedAt != null
            && eventTime != null
            && trigger != null
            && features != null;
    if (!complete) {
      throw new IOException("a result record lacks a member");
    }
    return new FeatureResult(
        featureGroup,
        dimension,
        key,
        version,
        computedAt,
        eventTime,
        validUntil,
        completeSince,
        trigger,
        features,
        absent,
        archived);
  }

  private static List<FeatureValue> features(JsonParser json) throws IOException {
    expect(json.currentToken(), JsonToken.START_OBJECT, "features must be an object");
    List<FeatureValue> features = new ArrayList<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      requireName(name, "a feature");
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_STRING && Utf8.canWrite(json.getText())) {
        features.add(new FeatureValue(name, Double.NaN, json.getText()));
      } else if (token.isNumeric() && Double.isFinite(json.getDoubleValue())) {
        features.add(new FeatureValue(name, json.getDoubleValue()));
      } else {
        throw new IOException("feature " + name + " must be a finite number or a text");
      }
    }
    return features;
  }

  private static List<String> names(JsonParser json) throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY, "absent must be an array");
    List<String> names = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      names.add(requireName(text(json, "the name of an absent feature"), "a feature"));
    }
    return names;
  }

  /**
   * Rejects names with other characters: a name is part of keys and fields, and must not contain
   * their separators.
   */
  private static String requireName(String name, String what) throws IOException {
    boolean isPlain = !name.isEmpty();
    for (int i = 0; i < name.length() && isPlain; i++) {
      char c = name.charAt(i);
      isPlain = c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    if (!isPlain) {
      throw new IOException(what + " must have a name of a-z, 0-9 and _");
    }
    return name;
  }

  private static String requireKey(String key) throws IOException {
    if (key.isEmpty() || !Utf8.canWrite(key)) {
      throw new IOException("key must be a text that is not empty");
    }
    return key;
  }

  private static String text(JsonParser json, String name) throws IOException {
    expect(json.currentToken(), JsonToken.VALUE_STRING, name + " must be a string");
    return json.getText();
  }

  private static long integer(JsonParser json, String name) throws IOException {
    expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, name + " must be an integer");
    if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new IOException(name + " must be an integer of 64 bits");
    }
    return json.getLongValue();
  }

  private static boolean flag(JsonToken token, String name) throws IOException {
    if (!token.isBoolean()) {
      throw new IOException(name + " must be true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private static void expect(JsonToken found, JsonToken expected, String rule) throws IOException {
    if (found != expected) {
      throw new IOException(rule);
    }
  }
}
