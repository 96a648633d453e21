package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.StateKind;
import dev.freshet.input.Columns;
import java.util.List;

/**
 * Writes and reads the records of an entity's list: the events of one batch, with the inputs that
 * the group's kinds of state use.
 *
 * <p>A record is its length, then its events. Each event has the kinds that use it if the group has
 * several, its type if the group reads several, its time as a difference from the previous event,
 * its id if any kind holds it, and its columns. In the list, a tag precedes the record; see {@code
 * step.lua}.
 */
final class RecordCodec {

  private final Columns columns;
  private final int width;
  private final boolean hasKinds;
  private final boolean hasTypes;
  private final boolean hasEventIds;

  RecordCodec(FeatureGroup group) {
    columns = group.columns();
    width = columns.width();
    hasKinds = group.kinds().size() > 1;
    hasTypes = group.eventTypes().size() > 1;
    hasEventIds = group.kinds().stream().anyMatch(StateKind::holdsEventIds);
  }

  /** Receives the events of a record. */
  @FunctionalInterface
  interface Receiver {

    /**
     * Receives an event.
     *
     * @param kinds the kinds that use it, one bit each
     */
    void receive(Event event, long kinds);
  }

  /**
   * Returns a record, preceded by its length.
   *
   * @param kinds for each event, the kinds that use it
   */
  byte[] write(List<Event> events, long[] kinds) {
    SnapshotWriter body = new SnapshotWriter(48 * events.size());
    long before = 0;
    for (int i = 0; i < kinds.length; i++) {
      write(events.get(i), kinds[i], before, body);
      before = events.get(i).occurredAtMillis();
    }
    return body.toSizedBytes();
  }

  private void write(Event event, long kinds, long before, SnapshotWriter out) {
    if (hasKinds) {
      out.number(kinds);
    }
    if (hasTypes) {
      out.number(event.type());
    }
    out.signed(event.occurredAtMillis() - before);
    if (hasEventIds) {
      out.id(event.eventId().getBytes(UTF_8));
    }
    out.columns(columns, event.numbers(), event.texts(), event.filters());
  }

  /** Reads the events of a record, without its tag and length. */
  void read(SnapshotReader in, String entity, Receiver events) {
    long before = 0;
    while (in.remaining() > 0) {
      long kinds = hasKinds ? in.number() : 1;
      int type = hasTypes ? (int) in.number() : 0;
      before += in.signed();
      String eventId = hasEventIds ? new String(in.id(), UTF_8) : "";
      long[] numbers = width == 0 ? Event.NO_NUMBERS : new long[width];
      String[] texts =
          columns.texts().isEmpty() ? Event.NO_TEXTS : new String[columns.texts().size()];
      long filters = in.columns(columns, numbers, texts);
      events.receive(new Event(eventId, type, before, entity, numbers, texts, filters), kinds);
    }
  }
}
