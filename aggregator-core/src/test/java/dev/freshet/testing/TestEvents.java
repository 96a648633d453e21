package dev.freshet.testing;

import dev.freshet.event.Event;
import dev.freshet.state.KeyEvents;
import java.time.Instant;
import java.util.List;

/** Creates events of one key, for tests that start after the parser. */
public final class TestEvents {

  /** An instant of a round minute, where most tests start. */
  public static final long NOON = Instant.parse("2026-05-04T12:00:00Z").toEpochMilli();

  public static final long SECOND = 1_000;
  public static final long MINUTE = 60 * SECOND;
  public static final long HOUR = 60 * MINUTE;
  public static final long DAY = 24 * HOUR;

  private TestEvents() {}

  /** An event with a value, as groups that read events see it. */
  public static Event value(String eventId, long atMillis, long micros) {
    return new Event(eventId, 0, atMillis, "item-" + eventId, "key", micros);
  }

  /** An event without a value. */
  public static Event bare(String eventId, long atMillis) {
    return value(eventId, atMillis, Event.NO_VALUE);
  }

  /** Creates an event by which an item enters a stage, given by its index. */
  public static Event stage(String itemId, int stage, long atMillis) {
    String eventId = itemId + "/" + stage + "/" + atMillis;
    return new Event(eventId, stage, atMillis, itemId, "key", Event.NO_VALUE);
  }

  public static List<KeyEvents> change(String key, Event... events) {
    return List.of(new KeyEvents(key, List.of(events)));
  }
}
