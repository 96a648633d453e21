package dev.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Value;
import dev.freshet.event.Members.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Parses records for one feature group into an event, a skipped event or a rejection.
 *
 * <p>Safe for use by several threads.
 */
public final class EventParser {

  /** The size of the largest event, in bytes. */
  static final int MOST_BYTES = 256 * 1024;

  private static final int SHOWN_BYTES = 200;

  private final FeatureGroup group;
  private final Members members;
  private final Envelope.Reader envelopes;
  private final Member entity;
  private final Optional<ValueReader> value;

  public EventParser(FeatureGroup group) {
    this.group = group;
    Optional<Value> declared = group.value();
    members = new Members(names(group, declared));
    envelopes = new Envelope.Reader(members, group.item());
    entity = members.member(group.dimension().member());
    value = declared.map(each -> new ValueReader(each, members));
  }

  private static List<String> names(FeatureGroup group, Optional<Value> value) {
    Stream<String> envelope =
        Stream.of(Envelope.EVENT_ID, Envelope.EVENT_TYPE, Envelope.OCCURRED_AT, group.item());
    Stream<String> needed = value.stream().flatMap(each -> each.members().stream());
    return Stream.of(envelope, Stream.of(group.dimension().member()), needed)
        .flatMap(each -> each)
        .toList();
  }

  /**
   * Parses one record.
   *
   * @param data the record's bytes, from position to limit; not moved
   * @param nowMillis the clock that {@code occurredAt} may be at most an hour ahead of
   */
  public ParsedRecord parse(ByteBuffer data, long nowMillis) {
    if (data.remaining() > MOST_BYTES) {
      return new Rejection(
          Reason.TOO_LARGE, data.remaining() + " bytes are more than " + MOST_BYTES);
    }
    try {
      Values values = read(data);
      return values == null
          ? new Rejection(
              Reason.NOT_AN_OBJECT, "an event must be a JSON object, not " + start(data))
          : classify(values, nowMillis);
    } catch (InvalidMemberException e) {
      return e.rejection();
    } catch (IOException e) {
      return new Rejection(Reason.NOT_JSON, e.getMessage());
    }
  }

  private Values read(ByteBuffer data) throws IOException {
    if (data.hasArray()) {
      return members.read(data.array(), data.arrayOffset() + data.position(), data.remaining());
    }
    byte[] copy = new byte[data.remaining()];
    data.duplicate().get(copy);
    return members.read(copy, 0, copy.length);
  }

  private static String start(ByteBuffer data) {
    byte[] start = new byte[Math.min(data.remaining(), SHOWN_BYTES)];
    data.duplicate().get(start);
    return Quote.of(new String(start, UTF_8));
  }

  private ParsedRecord classify(Values values, long nowMillis) throws InvalidMemberException {
    Envelope envelope = envelopes.read(values, nowMillis);
    int type = group.indexOf(envelope.eventType());
    return type < 0 ? Skipped.OTHER_TYPE : classifyForGroup(values, envelope, type);
  }

  /**
   * Checks members that are present before missing ones, so that a wrong member is always reported.
   */
  private ParsedRecord classifyForGroup(Values values, Envelope envelope, int type)
      throws InvalidMemberException {
    String key = entity.isAbsent(values) ? null : entity.id(values);
    long micros = value.isPresent() ? value.get().micros(values) : Event.NO_VALUE;
    if (key == null) {
      return Skipped.NO_ENTITY;
    }
    Event event =
        new Event(
            envelope.eventId(), type, envelope.occurredAtMillis(), envelope.itemId(), key, micros);
    return group.takes(event) ? event : Skipped.NO_VALUE;
  }
}
