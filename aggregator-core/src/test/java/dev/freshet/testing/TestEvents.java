package dev.freshet.testing;

import dev.freshet.event.Event;
import dev.freshet.fold.Occurrence;
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

  private static final long NO_FILTERS = 0;

  private TestEvents() {}

  /**
   * Creates an event with a value, as groups with a value see it.
   *
   * @param number the value in the smallest unit of the input: millionths of an amount, thousandths
   *     of a second
   */
  public static Event value(String eventId, long atMillis, long number) {
    return new Event(eventId, 0, atMillis, "key", new long[] {number}, Event.NO_TEXTS, NO_FILTERS);
  }

  /** Creates an event without the value of its group. */
  public static Event bare(String eventId, long atMillis) {
    return value(eventId, atMillis, Occurrence.NO_VALUE);
  }

  /** Creates an event of a group without inputs. */
  public static Event plain(String eventId, long atMillis) {
    return new Event(eventId, 0, atMillis, "key", Event.NO_NUMBERS, Event.NO_TEXTS, NO_FILTERS);
  }

  /** Creates an event by which an item enters a stage, given by its index. */
  public static Event stage(String itemId, int stage, long atMillis) {
    String eventId = itemId + "/" + stage + "/" + atMillis;
    return new Event(
        eventId, stage, atMillis, "key", Event.NO_NUMBERS, new String[] {itemId}, NO_FILTERS);
  }

  public static List<KeyEvents> change(String key, Event... events) {
    return List.of(new KeyEvents(key, List.of(events)));
  }
}
