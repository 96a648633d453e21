package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.StateKind;
import java.util.List;

/**
 * A record of an entity's list: the events of one batch, with what the group's kinds of state take
 * from them.
 *
 * <p>Its length, a tag that no other record is likely to have, and the events: the kinds that use
 * it if there are several, its type if the group reads several, its time since the one before, its
 * id and its item if any kind holds these, its value if the group has one.
 */
final class RecordCodec {

  private static final long SCRAMBLER = 0x9E3779B97F4A7C15L;
  private static final int NO_VALUE = 0;
  private static final int VALUE = 1;

  private final boolean hasKinds;
  private final boolean hasTypes;
  private final boolean hasEventIds;
  private final boolean hasItems;
  private final boolean hasValues;
  private long tags;

  RecordCodec(FeatureGroup group) {
    hasKinds = group.kinds().size() > 1;
    hasTypes = group.eventTypes().size() > 1;
    hasEventIds = group.kinds().stream().anyMatch(StateKind::holdsEventIds);
    hasItems = group.kinds().stream().anyMatch(StateKind::holdsItems);
    hasValues = group.value().isPresent();
  }

  /** Takes the events of a record. */
  @FunctionalInterface
  interface Receiver {

    /**
     * Takes an event.
     *
     * @param kinds the kinds that use it, a bit for each
     */
    void receive(Event event, long kinds);
  }

  /**
   * A record with its length in front.
   *
   * @param kinds for each event the kinds that use it
   */
  byte[] write(List<Event> events, long[] kinds) {
    SnapshotWriter body = new SnapshotWriter(48 * events.size());
    int tag = (int) (((System.nanoTime() + tags++) * SCRAMBLER) >>> 32);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      body.small(tag >>> shift);
    }
    long before = 0;
    for (int i = 0; i < kinds.length; i++) {
      write(events.get(i), kinds[i], before, body);
      before = events.get(i).occurredAtMillis();
    }
    byte[] bytes = body.toBytes();
    return new SnapshotWriter(bytes.length + 2)
        .number(bytes.length)
        .raw(bytes, 0, bytes.length)
        .toBytes();
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
    if (hasItems) {
      out.id(event.orderId().getBytes(UTF_8));
    }
    if (hasValues) {
      if (event.hasValue()) {
        out.small(VALUE).micros(event.valueMicros());
      } else {
        out.small(NO_VALUE);
      }
    }
  }

  /** Reads the events of a record, which stands in the source without its length. */
  void read(byte[] source, int offset, int length, String entity, Receiver events) {
    SnapshotReader in = new SnapshotReader(source, offset, length);
    in.skip(Integer.BYTES);
    long before = 0;
    while (in.remaining() > 0) {
      long kinds = hasKinds ? in.number() : 1;
      int type = hasTypes ? (int) in.number() : 0;
      before += in.signed();
      String eventId = hasEventIds ? new String(in.id(), UTF_8) : "";
      String item = hasItems ? new String(in.id(), UTF_8) : "";
      boolean hasValue = hasValues && in.small() == VALUE;
      long micros = hasValue ? in.micros() : Event.NO_VALUE;
      events.receive(new Event(eventId, type, before, item, entity, micros), kinds);
    }
  }
}
