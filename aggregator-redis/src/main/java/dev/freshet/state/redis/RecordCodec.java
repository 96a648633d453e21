package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.StateSchema;
import dev.freshet.fold.Translation;
import dev.freshet.state.EntityState;
import dev.freshet.state.Past;
import java.util.List;

/**
 * Writes and reads the records of an entity's list: the events of one batch, with the inputs that
 * the group's kinds of state use.
 *
 * <p>A record is its length, the fingerprint of the declaration it was written for, then its
 * events. Each event has the kinds that use it if the group has several, its type if the group
 * reads several, its time as a difference from the previous event, its id if any kind holds it, and
 * its columns. In the list, a tag precedes the record; see {@code step.lua}.
 *
 * <p>A record of a backfill has {@link #PAST} in place of the fingerprint, then the fingerprint,
 * the seam, and the history up to it.
 */
final class RecordCodec {

  /** Stands before the fingerprint in a record of a backfill. */
  private static final int PAST = 0;

  private final KnownDeclarations declarations;
  private final Layout own;

  /** The parts of a record's events, which depend on the declaration. */
  private record Layout(
      boolean hasKinds,
      boolean hasTypes,
      boolean hasEventIds,
      int width,
      int texts,
      boolean hasFilters) {

    static Layout of(StateSchema schema) {
      return new Layout(
          schema.kinds().size() > 1,
          schema.types().size() > 1,
          schema.hasEventIds(),
          schema.width(),
          schema.texts().size(),
          !schema.filters().isEmpty());
    }
  }

  RecordCodec(FeatureGroup group, KnownDeclarations declarations) {
    this.declarations = declarations;
    this.own = Layout.of(group.schema());
  }

  /**
   * Returns a record, preceded by its length.
   *
   * @param kinds for each event, the kinds that use it
   */
  byte[] write(List<Event> events, long[] kinds) {
    SnapshotWriter body = new SnapshotWriter(48 * events.size());
    body.fixed(declarations.fingerprint());
    long before = 0;
    for (int i = 0; i < kinds.length; i++) {
      write(events.get(i), kinds[i], before, body);
      before = events.get(i).occurredAtMillis();
    }
    return body.toSizedBytes();
  }

  /** Returns the record of a backfill, preceded by its length. */
  byte[] write(Past past) {
    return new SnapshotWriter(past.bytes().length + 24)
        .fixed(PAST)
        .fixed(declarations.fingerprint())
        .signed(past.seamMillis())
        .raw(past.bytes(), 0, past.bytes().length)
        .toSizedBytes();
  }

  private void write(Event event, long kinds, long before, SnapshotWriter out) {
    if (own.hasKinds) {
      out.number(kinds);
    }
    if (own.hasTypes) {
      out.number(event.type());
    }
    out.signed(event.occurredAtMillis() - before);
    if (own.hasEventIds) {
      out.id(event.eventId().getBytes(UTF_8));
    }
    out.columns(own.hasFilters, event.numbers(), event.texts(), event.filters());
  }

  /** Folds the events of a record, without its tag and length, into a state. */
  void read(SnapshotReader in, String entity, EntityState state) {
    int fingerprint = in.fixed();
    if (fingerprint == PAST) {
      readPast(in, state);
      return;
    }
    if (fingerprint == declarations.fingerprint()) {
      read(
          in,
          own,
          (kinds, id, type, time, numbers, texts, filters) ->
              state.fold(new Event(id, type, time, entity, numbers, texts, filters), kinds));
      return;
    }
    Translation translation = declarations.translation(fingerprint);
    read(
        in,
        Layout.of(translation.old()),
        (kinds, id, type, time, numbers, texts, filters) -> {
          Occurrence event = translation.event(id, type, time, numbers, texts, filters);
          if (event != null) {
            state.foldTranslated(event, translation.kinds(kinds), translation);
          }
        });
  }

  /** Installs a history, unless it was computed for another declaration. */
  private void readPast(SnapshotReader in, EntityState state) {
    if (in.fixed() == declarations.fingerprint()) {
      state.replaceUpTo(in.signed(), in);
    }
  }

  /** Receives the events of a record. */
  @FunctionalInterface
  private interface Receiver {
    void receive(
        long kinds, String id, int type, long millis, long[] numbers, String[] texts, long filters);
  }

  private static void read(SnapshotReader in, Layout layout, Receiver events) {
    long before = 0;
    while (in.remaining() > 0) {
      long kinds = layout.hasKinds ? in.number() : 1;
      int type = layout.hasTypes ? (int) in.number() : 0;
      before += in.signed();
      String id = layout.hasEventIds ? new String(in.id(), UTF_8) : "";
      long[] numbers = layout.width == 0 ? Event.NO_NUMBERS : new long[layout.width];
      String[] texts = layout.texts == 0 ? Event.NO_TEXTS : new String[layout.texts];
      long filters = in.columns(layout.hasFilters, numbers, texts);
      events.receive(kinds, id, type, before, numbers, texts, filters);
    }
  }
}
