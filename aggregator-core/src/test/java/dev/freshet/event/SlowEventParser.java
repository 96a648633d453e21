package dev.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.EventType;
import dev.freshet.format.EventFormat;
import dev.freshet.format.EventFormat.Layout;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import dev.freshet.testing.SlowJson;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A literal implementation of the contract of events for an intake of one format; interprets its
 * declaration event by event, and shares no code with the parser.
 */
final class SlowEventParser {

  static final String INVALID = "invalid";

  private final Intake intake;
  private final EventFormat format;
  private final String stream;
  private final long nowMillis;

  SlowEventParser(Intake intake, String stream, long nowMillis) {
    this.intake = intake;
    this.format = intake.types().get(0).format();
    this.stream = stream;
    this.nowMillis = nowMillis;
  }

  /** Returns the outcome, described as by {@link Judging#outcome}. */
  String parse(byte[] data) {
    byte[] json = withoutMark(data);
    boolean isObject =
        data.length <= 256 * 1024
            && SlowJson.read(json).filter(tree -> tree.isObject()).isPresent();
    try {
      return isObject ? event(json) : INVALID;
    } catch (IllegalArgumentException e) {
      return INVALID;
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

  private String event(byte[] json) {
    boolean changes = format.layout() == Layout.DEBEZIUM;
    SlowValues event = new SlowValues(RawJson.read(json, changes ? "payload" : null), "");
    SlowValues row = changes ? row(event) : event;
    if (row == null) {
      return "OTHER_TYPE";
    }
    String id = id(event, json);
    String typeName = format.isTypeOfStream() ? "" : name(event, format.type());
    long at = occurredAt(event);
    format.required().forEach(path -> require(event.id(path, 256) != null));
    int type = format.isTypeOfStream() ? typeOfStream() : typeOf(typeName);
    return type < 0 ? "OTHER_TYPE" : read(row, id, type, at);
  }

  private static SlowValues row(SlowValues event) {
    String operation = event.text("op");
    require(operation != null && operation.codePointCount(0, operation.length()) <= 16);
    return switch (operation) {
      case "c", "u", "r" -> event.within("after.");
      case "d" -> event.within("before.");
      default -> null;
    };
  }

  private String name(SlowValues event, String path) {
    boolean reference =
        format.id().equals(List.of("eventId"))
            && format.type().equals("eventType")
            && SlowTimes.hasOwnRules(format.time());
    String name = reference ? event.text(path) : event.id(path, 128);
    require(name != null && !name.isEmpty() && name.codePointCount(0, name.length()) <= 128);
    return name;
  }

  private String id(SlowValues event, byte[] json) {
    List<String> parts = format.id().stream().map(path -> name(event, path)).toList();
    return parts.isEmpty() ? hash(json) : joined(parts);
  }

  private static String joined(List<String> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : String.join(
            "|", parts.stream().map(each -> each.replace("%", "%25").replace("|", "%7C")).toList());
  }

  private static String hash(byte[] json) {
    String text = new String(json, UTF_8).replaceAll("^[ \\n\\r\\t]+", "");
    int end = text.length();
    while (end > 0 && " \n\r\t".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.substring(0, end).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private long occurredAt(SlowValues event) {
    Long at = SlowTimes.read(event.get(format.occurredAt()), format.time());
    require(at != null && at <= nowMillis + format.maxAhead().toMillis());
    require(SlowTimes.hasOwnRules(format.time()) || at >= SlowTimes.YEAR_2000);
    require(
        SlowTimes.hasOwnRules(format.time()) || at <= nowMillis + Duration.ofDays(1).toMillis());
    return at;
  }

  private int typeOf(String name) {
    return intake.types().stream().map(EventType::name).toList().indexOf(name);
  }

  private int typeOfStream() {
    require(!stream.isEmpty());
    int best = -1;
    for (int i = 0; i < intake.types().size(); i++) {
      String own = intake.types().get(i).stream();
      boolean fits = stream.equals(own) || stream.endsWith("-" + own);
      best =
          fits && (best < 0 || own.length() > intake.types().get(best).stream().length())
              ? i
              : best;
    }
    return best;
  }

  private String read(SlowValues row, String id, int type, long at) {
    SlowInputs inputs = new SlowInputs(row, format.time(), intake.types().get(type).name(), at);
    List<String> key = new ArrayList<>();
    intake.entity().members().forEach(path -> key.add(row.id(path, 256)));
    Columns columns = intake.columns();
    Map<Input, BigDecimal> numbers = new HashMap<>();
    Map<Input, String> texts = new HashMap<>();
    for (Input each : needed(columns)) {
      if (each.isText()) {
        texts.put(each, inputs.text(each));
      } else {
        numbers.put(each, inputs.number(each));
      }
    }
    if (key.contains(null)) {
      return "NO_ENTITY";
    }
    List<Long> places = new ArrayList<>();
    columns.numbers().forEach(each -> places.addAll(SlowInputs.places(each, numbers.get(each))));
    long bits = 0;
    for (int i = 0; i < columns.filters().size(); i++) {
      bits |= inputs.passes(columns.filters().get(i), numbers, texts) ? 1L << i : 0;
    }
    Event event =
        new Event(
            id,
            type,
            at,
            key.isEmpty() ? "all" : joined(key),
            places.stream().mapToLong(Long::longValue).toArray(),
            columns.texts().stream().map(texts::get).toArray(String[]::new),
            bits);
    return intake.uses().test(event) ? Judging.outcome(event) : "NO_VALUE";
  }

  private static List<Input> needed(Columns columns) {
    List<Input> needed = new ArrayList<>(columns.numbers());
    needed.addAll(columns.texts());
    for (Filter each : columns.filters()) {
      needed.addAll(each.inputs());
    }
    return needed;
  }

  static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }
}
