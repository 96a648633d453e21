package dev.freshet.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.event.Event;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of the events of a key: by {@code occurredAt}, then by the bytes of {@code eventId}.
 */
public final class EventOrder {

  /** Oldest first; two events that compare as equal are one event. */
  public static final Comparator<Event> OLDEST_FIRST =
      Comparator.comparingLong(Event::occurredAtMillis)
          .thenComparing(Event::eventId, EventOrder::compareBytes);

  private EventOrder() {}

  private static int compareBytes(String left, String right) {
    return Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));
  }
}
