package dev.freshet.event;

import static dev.freshet.testing.TestEvents.DAY;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.NOON;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.fold.Occurrence;
import dev.freshet.format.EventFormat;
import dev.freshet.format.EventFormat.Layout;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import dev.freshet.testing.Mutations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A random format, entity, inputs and filters, and events that mostly fit them. */
final class RandomIntake {

  private static final List<TimeFormat> TIMES =
      List.of(
          TimeFormat.RFC3339,
          TimeFormat.EPOCH_SECONDS,
          TimeFormat.EPOCH_MILLIS,
          TimeFormat.EPOCH_MICROS,
          TimeFormat.RFC3339_OR_MILLIS,
          TimeFormat.rfc3339(ZoneId.of("America/New_York")));
  private static final List<ZoneId> ZONES =
      List.of(ZoneId.of("Asia/Kathmandu"), ZoneId.of("Europe/Madrid"), ZoneId.of("UTC"));
  private static final String[] TYPES = {"OPENED", "CLOSED"};

  final Intake intake;
  final String stream;

  private final Random random;
  private final EventFormat format;
  private final Entity entity;
  private final Mutations harm;

  RandomIntake(long seed) {
    random = new Random(seed);
    harm = new Mutations(seed);
    format = format();
    entity = entity();
    intake = intake(types());
    stream =
        new String[] {"prod-opened", "just-opened", "x-just-opened", "", "other"}
            [random.nextInt(random.nextInt(5) == 0 ? 5 : 3)];
  }

  private List<EventType> types() {
    return List.of(
        new EventType(TYPES[0], "opened", format), new EventType(TYPES[1], "just-opened", format));
  }

  /** Returns what another group takes from the same events: of one type or both. */
  Intake another() {
    List<EventType> types = types();
    return intake(random.nextBoolean() ? types : List.of(any(types)));
  }

  private Intake intake(List<EventType> types) {
    Set<Input> numbers = new LinkedHashSet<>();
    Set<Input> texts = new LinkedHashSet<>();
    List<Filter> filters = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      numbers.add(number());
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      texts.add(Input.text(path("text")));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      filters.add(filter(3, types));
    }
    boolean needsNumber = !numbers.isEmpty() && random.nextBoolean();
    return new Intake(
        entity,
        types,
        new Columns(List.copyOf(numbers), List.copyOf(texts), filters),
        event -> !needsNumber || event.numbers()[0] != Occurrence.NO_VALUE);
  }

  private EventFormat format() {
    if (random.nextInt(4) == 0) {
      return EventFormat.reference().requiring("itemId");
    }
    EventFormat any =
        random.nextInt(4) == 0
            ? EventFormat.debezium("source.lsn", "source.row")
            : EventFormat.json().id(path("id"), path("id"), "id");
    any = random.nextInt(3) == 0 ? any.idFromContent() : any;
    any = random.nextInt(3) == 0 ? any.typeOfStream() : any.type(path("type"));
    any = random.nextInt(3) == 0 ? any.requiring(path("text")) : any;
    any = any.maxAhead(Duration.ofMinutes(random.nextInt(24 * 60 + 1)));
    return any.occurredAt(path("at"), any(TIMES));
  }

  /** One of a few paths, some of which lead through others. */
  private String path(String leaf) {
    return new String[] {leaf, "meta." + leaf, "meta.in." + leaf, leaf + "2", "meta"}
        [random.nextInt(random.nextInt(100) == 0 ? 5 : 4)];
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private Entity entity() {
    List<String> members = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      members.add(path("key"));
    }
    return new Entity("thing", members);
  }

  private Input number() {
    return switch (random.nextInt(9)) {
      case 0 -> Input.amount(path("number"));
      case 1 -> Input.flag(path("flag"));
      case 2 -> Input.instant(path("time")).in(random.nextBoolean() ? null : any(TIMES));
      case 3 -> Input.seconds("time.from", "time.to").in(random.nextBoolean() ? null : any(TIMES));
      case 4 -> Input.signedSeconds(path("time"), "end");
      case 5 -> random.nextBoolean() ? Input.hourOfDay(any(ZONES)) : Input.dayOfWeek(any(ZONES));
      case 6 -> new Input.TypeIs(TYPES[random.nextInt(2)]);
      default -> Input.decimal(path("number")).scale(random.nextInt(10));
    };
  }

  private Filter filter(int depth, List<EventType> types) {
    return switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0 -> Filter.is(path("text"), text());
      case 1 -> Filter.isNot(path("text"), text());
      case 2 -> new Filter.Compare(number(), any(List.of(Filter.Comparison.values())), bound());
      case 3 -> random.nextBoolean() ? Filter.absent(path("text")) : Filter.present(path("meta"));
      case 4 -> Filter.typeIs(any(types));
      case 5 -> Filter.not(filter(depth - 1, types));
      case 6 -> Filter.all(filter(depth - 1, types), filter(depth - 1, types));
      default -> Filter.any(filter(depth - 1, types), filter(depth - 1, types));
    };
  }

  private java.math.BigDecimal bound() {
    return new java.math.BigDecimal(
        new String[] {"0", "1", "12.5", "12.4999999999", "-1", "1e15", "-1e30", "3.5"}
            [random.nextInt(8)]);
  }

  private String text() {
    return "t" + random.nextInt(3);
  }

  /** Returns an event that mostly fits, as names and values of its top members. */
  Map<String, String> event() {
    Map<String, Object> tree = new LinkedHashMap<>();
    Map<String, Object> row = tree;
    if (format.layout() == Layout.DEBEZIUM) {
      put(tree, "op", quoted("" + "cccudrt".charAt(random.nextInt(7))));
      row = new LinkedHashMap<>();
      tree.put("\"d\"".equals(tree.get("op")) ? "before" : "after", row);
    }
    format.id().forEach(path -> put(tree, path, quoted("id" + random.nextInt(1000))));
    if (!format.isTypeOfStream()) {
      put(tree, format.type(), quoted(random.nextInt(9) == 0 ? "OTHER" : TYPES[random.nextInt(2)]));
    }
    put(tree, format.occurredAt(), time(format.time(), 3 * HOUR));
    format.required().forEach(path -> put(tree, path, quoted("r")));
    for (String member : intake.entity().members()) {
      put(row, member, random.nextBoolean() ? quoted("k%|" + random.nextInt(3)) : "7");
    }
    Map<String, Object> inputs = row;
    intake.columns().numbers().forEach(each -> put(inputs, each));
    intake.columns().texts().forEach(each -> put(inputs, each));
    intake.columns().filters().stream()
        .flatMap(each -> each.inputs().stream())
        .forEach(each -> put(inputs, each));
    return written(wrapped(tree));
  }

  private Map<String, Object> wrapped(Map<String, Object> tree) {
    return format.layout() == Layout.DEBEZIUM && random.nextBoolean()
        ? new LinkedHashMap<>(Map.of("payload", tree))
        : tree;
  }

  private void put(Map<String, Object> row, Input input) {
    if (input instanceof Input.Seconds seconds) {
      TimeFormat unit = seconds.time() == null ? format.time() : seconds.time();
      put(row, seconds.from(), time(unit, 2 * DAY));
      put(row, seconds.to(), time(unit, 2 * DAY));
    } else if (input instanceof Input.Instant instant) {
      put(row, instant.path(), time(instant.time() == null ? format.time() : instant.time(), DAY));
    } else if (input instanceof Input.Flag flag) {
      put(row, flag.path(), String.valueOf(random.nextBoolean()));
    } else {
      for (String path : input.paths()) {
        put(row, path, input.isText() ? quoted(text()) : number(input));
      }
    }
  }

  private String number(Input input) {
    String number =
        new java.math.BigDecimal(random.nextInt(2_000_000) - 50_000)
            .movePointLeft(random.nextInt(12))
            .toString();
    return input instanceof Input.Decimal && random.nextInt(4) == 0 ? quoted(number) : number;
  }

  /** A time of the last days, or of up to some milliseconds ahead. */
  private String time(TimeFormat unit, long around) {
    long millis = NOON - random.nextInt((int) (7 * DAY)) + (random.nextInt(4) == 0 ? around : 0);
    return switch (unit.unit()) {
      case SECONDS ->
          random.nextBoolean()
              ? millis / 1_000 + ""
              : millis / 1_000 + "." + random.nextInt(99_999);
      case MILLIS -> millis + "";
      case MICROS -> millis * 1_000 + random.nextInt(1_000) + "";
      default -> {
        String text = Instant.ofEpochMilli(millis).toString();
        boolean local = random.nextInt(unit.zone() == null ? 50 : 2) == 0;
        yield quoted(local ? text.replace("Z", "") : text);
      }
    };
  }

  /** Puts a value at a path, unless something else is on the way; at times another, or none. */
  @SuppressWarnings("unchecked")
  private void put(Map<String, Object> tree, String path, String value) {
    int dot = path.indexOf('.');
    if (dot > 0) {
      Object inner = tree.computeIfAbsent(path.substring(0, dot), name -> new LinkedHashMap<>());
      if (inner instanceof Map<?, ?>) {
        put((Map<String, Object>) inner, path.substring(dot + 1), value);
      }
    } else if (random.nextInt(60) != 0) {
      tree.put(path, random.nextInt(100) == 0 ? harm.value() : value);
    }
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private Map<String, String> written(Map<String, Object> tree) {
    Map<String, String> written = new LinkedHashMap<>();
    tree.forEach((name, value) -> written.put(name, json(value)));
    return written;
  }

  private String json(Object value) {
    if (!(value instanceof Map<?, ?> members)) {
      return (String) value;
    }
    StringBuilder json = new StringBuilder("{");
    members.forEach(
        (name, each) -> {
          json.append(json.length() == 1 ? "" : ",");
          if (random.nextInt(100) == 0) {
            json.append('"').append(name).append("\":").append(harm.value()).append(',');
          }
          json.append('"').append(name).append("\":").append(json(each));
        });
    return json.append('}').toString();
  }
}
