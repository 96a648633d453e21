package dev.freshet.format;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The way in which the events of a stream are written: JSON objects, and the paths of the members
 * that every event has. A dot in a path goes into an object: {@code meta.id}.
 *
 * <p>Immutable: each method returns another format. A catalogue declares its formats once; nothing
 * about a producer has to change.
 *
 * @param id the paths whose values, joined by {@code |}, identify an event; empty if its content
 *     does
 * @param type the path of the event type; empty if each stream carries one type
 * @param occurredAt the path of the time at which an event occurred; empty until it is declared
 * @param time the unit of that time, and of other times without a unit of their own
 * @param maxAhead how far ahead of the clock an event may be dated
 * @param required further members without which an event is invalid
 * @param layout where the members of an event stand
 */
public record EventFormat(
    List<String> id,
    String type,
    String occurredAt,
    TimeFormat time,
    Duration maxAhead,
    List<String> required,
    Layout layout) {

  /** Where the members of an event stand in its object. */
  public enum Layout {
    /** Paths start at the object. */
    OBJECT,
    /**
     * Paths of entities and inputs start at {@code after}, or at {@code before} if {@code op} is
     * {@code d}; those of the event itself start at the object. A {@code payload} around it is left
     * out.
     */
    DEBEZIUM
  }

  private static final Duration USUAL_AHEAD = Duration.ofHours(1);

  public EventFormat {
    id = List.copyOf(id);
    required = List.copyOf(required);
    if (maxAhead.isNegative() || maxAhead.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("maxAhead must be from 0 to one day: " + maxAhead);
    }
  }

  /** Starts the declaration of a format of JSON objects; the content identifies an event. */
  public static EventFormat json() {
    return new EventFormat(
        List.of(), "", "", TimeFormat.RFC3339, USUAL_AHEAD, List.of(), Layout.OBJECT);
  }

  /**
   * Returns the format of the platform's own events: {@code eventId}, {@code eventType}, and {@code
   * occurredAt} as RFC 3339 text or epoch milliseconds.
   */
  public static EventFormat reference() {
    return json()
        .id("eventId")
        .type("eventType")
        .occurredAt("occurredAt", TimeFormat.RFC3339_OR_MILLIS);
  }

  /**
   * Returns the format of CloudEvents 1.0 in structured JSON: {@code source} and {@code id}
   * identify an event. Members of the payload have paths such as {@code data.amount}.
   */
  public static EventFormat cloudEvents() {
    return json().id("source", "id").type("type").occurredAt("time", TimeFormat.RFC3339);
  }

  /**
   * Returns the format of Debezium's change events. Members of the changed row have their names as
   * paths. The table is the event type, and the time of the change in the database is the time of
   * the event.
   *
   * @param id the paths that identify a change, such as {@code source.lsn} for PostgreSQL, or
   *     {@code source.file}, {@code source.pos} and {@code source.row} for MySQL
   */
  public static EventFormat debezium(String... id) {
    EventFormat json =
        json().id(id).type("source.table").occurredAt("source.ts_ms", TimeFormat.EPOCH_MILLIS);
    return json.with(json.id, json.type, Layout.DEBEZIUM);
  }

  /** Returns the format with the paths whose values, joined, identify an event. */
  public EventFormat id(String... paths) {
    if (paths.length == 0) {
      throw new IllegalArgumentException(
          "id() needs a path, such as meta.id: or call idFromContent()");
    }
    return with(paths(paths), type, layout);
  }

  /** Returns the format in which events with equal bytes are one event. */
  public EventFormat idFromContent() {
    return with(List.of(), type, layout);
  }

  /** Returns the format with the path of the event type. */
  public EventFormat type(String path) {
    return with(id, path(path), layout);
  }

  /** Returns the format in which each stream carries one type of event. */
  public EventFormat typeOfStream() {
    return with(id, "", layout);
  }

  /** Returns the format with the path and the unit of the time at which an event occurred. */
  public EventFormat occurredAt(String path, TimeFormat unit) {
    return new EventFormat(id, type, path(path), unit, maxAhead, required, layout);
  }

  /** Returns the format with how far ahead of the clock an event may be dated; 1 hour if unset. */
  public EventFormat maxAhead(Duration most) {
    return new EventFormat(id, type, occurredAt, time, most, required, layout);
  }

  /** Returns the format in which events without these members are invalid. */
  public EventFormat requiring(String... paths) {
    List<String> all = new ArrayList<>(required);
    all.addAll(paths(paths));
    return new EventFormat(id, type, occurredAt, time, maxAhead, all, layout);
  }

  private EventFormat with(List<String> newId, String newType, Layout newLayout) {
    return new EventFormat(newId, newType, occurredAt, time, maxAhead, required, newLayout);
  }

  /** Returns whether the stream says which type its events have. */
  public boolean isTypeOfStream() {
    return type.isEmpty();
  }

  private static List<String> paths(String... paths) {
    List<String> checked = new ArrayList<>();
    for (String each : paths) {
      checked.add(path(each));
    }
    return checked;
  }

  /**
   * Returns a path after a check.
   *
   * @throws IllegalArgumentException if one of its members has no name
   */
  public static String path(String path) {
    if (path.isBlank() || ("." + path + ".").contains("..")) {
      throw new IllegalArgumentException(
          "a path needs a name between its dots, such as meta.id: '" + path + "'");
    }
    return path;
  }
}
