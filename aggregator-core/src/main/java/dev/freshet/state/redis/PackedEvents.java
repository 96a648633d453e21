package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.event.Event;
import java.util.List;

/**
 * A list of events as {@code last_events.lua} keeps it: values, times and ids apart, so that what
 * is read of it is the values alone.
 */
final class PackedEvents {

  private static final int BYTES_OF_EVENT = Long.BYTES + Double.BYTES + Short.BYTES;

  private PackedEvents() {}

  /** At least one event, oldest first. */
  static byte[] of(List<Event> events) {
    byte[][] ids = new byte[events.size()][];
    int bytes = Short.BYTES + events.size() * BYTES_OF_EVENT;
    for (int i = 0; i < ids.length; i++) {
      ids[i] = events.get(i).eventId().getBytes(UTF_8);
      bytes += ids[i].length;
    }
    Packed packed = new Packed(bytes).count(ids.length);
    events.forEach(event -> packed.opaque(event.valueMicros()));
    events.forEach(event -> packed.number(event.occurredAtMillis()));
    for (byte[] id : ids) {
      packed.count(id.length).bytes(id);
    }
    return packed.bytes();
  }
}
