package dev.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Value;
import dev.freshet.lastevents.LastEventsKind;
import dev.freshet.testing.SlowJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A literal implementation of the contract of events; shares no code with the parser. */
final class SlowEventParser {

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?"
              + "(Z|([+-])(\\d\\d)(?::?(\\d\\d))?)");
  private static final long FIRST = -62_167_219_200_000L;
  private static final long FIRST_INTEGER = 100_000_000_000L;
  private static final long LAST = 253_402_300_799_999L;
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  private final FeatureGroup group;
  private final long nowMillis;

  SlowEventParser(FeatureGroup group, long nowMillis) {
    this.group = group;
    this.nowMillis = nowMillis;
  }

  /** Returns the event, or empty if the group does not use the record. */
  Optional<Event> parse(byte[] data) {
    try {
      byte[] json = withoutMark(data);
      return SlowJson.read(json)
          .filter(tree -> data.length <= 256 * 1024 && tree.isObject())
          .flatMap(tree -> event(tree, json));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the record without a byte order mark at the start. */
  static byte[] withoutMark(byte[] data) {
    boolean marked =
        data.length >= 3
            && data[0] == (byte) 0xEF
            && data[1] == (byte) 0xBB
            && data[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(data, 3, data.length) : data;
  }

  private Optional<Event> event(JsonNode json, byte[] data) {
    String eventId = text(json.path("eventId"), 128);
    String type = text(json.path("eventType"), 128);
    long at = time(json.path("occurredAt"));
    String item = id(json.path("itemId"));
    require(at <= nowMillis + 3_600_000);
    JsonNode entity = json.path(group.dimension().member());
    int index = group.eventTypes().stream().map(EventType::name).toList().indexOf(type);
    if (index < 0) {
      return Optional.empty();
    }
    String key = isAbsent(entity) ? "" : id(entity);
    Long micros = group.value().map(value -> micros(value, json, data)).orElse(null);
    boolean useless =
        micros == null
            && group.value().isPresent()
            && group.kinds().get(0) instanceof LastEventsKind;
    return key.isEmpty() || useless
        ? Optional.empty()
        : Optional.of(
            new Event(eventId, index, at, item, key, micros == null ? Event.NO_VALUE : micros));
  }

  private static Long micros(Value value, JsonNode json, byte[] data) {
    JsonNode first = json.path(value.members().get(0));
    if (!(value instanceof Value.Seconds)) {
      return isAbsent(first) ? null : amount(first, value.members().get(0), data);
    }
    JsonNode second = json.path(value.members().get(1));
    Long from = isAbsent(first) ? null : time(first);
    Long to = isAbsent(second) ? null : time(second);
    if (from == null || to == null) {
      return null;
    }
    require(from <= to);
    return (to - from) * 1_000;
  }

  private static long amount(JsonNode number, String member, byte[] data) {
    require(number.isNumber());
    require(number.isIntegralNumber() || Math.abs(number.asDouble()) <= 1e9);
    if (Math.abs(number.asDouble()) < 1e-9) {
      return 0;
    }
    BigDecimal exact = new BigDecimal(SlowJson.number(data, member));
    require(exact.abs().compareTo(BigDecimal.valueOf(1_000_000_000)) < 0);
    return exact.setScale(6, RoundingMode.HALF_EVEN).multiply(MILLION).longValueExact();
  }

  private static String id(JsonNode node) {
    if (node.isIntegralNumber()) {
      String digits = node.bigIntegerValue().toString();
      require(digits.length() <= 256);
      return digits;
    }
    return text(node, 256);
  }

  private static String text(JsonNode node, int longest) {
    require(node.isTextual() && !node.asText().isEmpty());
    int[] points = node.asText().codePoints().toArray();
    require(points.length <= longest);
    for (int point : points) {
      require(Character.getType(point) != Character.SURROGATE);
    }
    return node.asText();
  }

  private static long time(JsonNode node) {
    require(node.isTextual() || node.isIntegralNumber());
    BigInteger millis =
        node.isTextual() ? BigInteger.valueOf(rfc3339(node.asText())) : node.bigIntegerValue();
    require(millis.compareTo(BigInteger.valueOf(node.isTextual() ? FIRST : FIRST_INTEGER)) >= 0);
    require(millis.compareTo(BigInteger.valueOf(LAST)) <= 0);
    return millis.longValueExact();
  }

  private static long rfc3339(String text) {
    Matcher time = TIME.matcher(text.toUpperCase(Locale.ROOT));
    require(time.matches() && text.chars().allMatch(c -> c < 128));
    int second = time.group(3) == null ? 0 : Integer.parseInt(time.group(3));
    require(second <= 60);
    try {
      LocalDateTime minute = LocalDateTime.parse(time.group(1) + "T" + time.group(2));
      String fraction = time.group(4) == null ? "" : time.group(4);
      long millis = Long.parseLong((fraction + "000").substring(0, 3));
      return minute.toEpochSecond(ZoneOffset.UTC) * 1_000 + second * 1_000L + millis - offset(time);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static long offset(Matcher time) {
    if (time.group(6) == null) {
      return 0;
    }
    int hours = Integer.parseInt(time.group(7));
    int minutes = time.group(8) == null ? 0 : Integer.parseInt(time.group(8));
    require(hours < 24 && minutes < 60);
    return (time.group(6).equals("-") ? -1 : 1) * 60_000L * (hours * 60L + minutes);
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }
}
