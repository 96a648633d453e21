package dev.freshet.event;

import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import java.util.List;
import java.util.Optional;

/**
 * The members that every event of a format has, for any feature group.
 *
 * @param eventId null if the content identifies the event
 * @param eventType null if the stream says the type
 */
record Envelope(String eventId, String eventType, long occurredAtMillis) {

  private static final int LONGEST_NAME = 128;

  /** Reads envelopes. */
  static final class Reader {
    private final EventFormat format;
    private final List<Member> id;
    private final Member type;
    private final Member occurredAt;
    private final TimeReader time;
    private final List<Member> required;
    private final boolean textsOnly;

    Reader(EventFormat format, Members members) {
      this.format = format;
      id = format.id().stream().map(members::member).toList();
      type = format.isTypeOfStream() ? null : members.member(format.type());
      occurredAt = members.member(format.occurredAt());
      time = new TimeReader(format.time());
      required = format.required().stream().map(members::member).toList();
      textsOnly = isReference(format);
    }

    /** Ids and types of the platform's own events are strings; other producers number theirs. */
    private static boolean isReference(EventFormat format) {
      EventFormat reference = EventFormat.reference();
      return format.id().equals(reference.id())
          && format.type().equals(reference.type())
          && format.time().equals(TimeFormat.RFC3339_OR_MILLIS);
    }

    /** Checks that all members are there before it looks at any. */
    Envelope read(MemberValues values, long nowMillis) throws InvalidMemberException {
      requireAll(id, values);
      if (type != null) {
        type.require(values);
      }
      occurredAt.require(values);
      requireAll(required, values);
      Envelope envelope =
          new Envelope(
              eventId(values),
              type == null ? null : name(type, values),
              time.occurredAt(occurredAt, values, nowMillis, format.maxAhead()));
      for (Member each : required) {
        each.id(values);
      }
      return envelope;
    }

    private static void requireAll(List<Member> members, MemberValues values)
        throws InvalidMemberException {
      for (Member each : members) {
        each.require(values);
      }
    }

    /** Returns the event type; empty if it is absent or no name. */
    Optional<String> typeName(MemberValues values) {
      try {
        return type == null || type.isAbsent(values)
            ? Optional.empty()
            : Optional.of(name(type, values));
      } catch (InvalidMemberException e) {
        return Optional.empty();
      }
    }

    private String eventId(MemberValues values) throws InvalidMemberException {
      return switch (id.size()) {
        case 0 -> null;
        case 1 -> name(id.get(0), values);
        default -> {
          Joined parts = new Joined();
          for (Member each : id) {
            parts.add(name(each, values));
          }
          yield parts.toString();
        }
      };
    }

    private String name(Member member, MemberValues values) throws InvalidMemberException {
      return textsOnly ? member.string(values, LONGEST_NAME) : member.id(values, LONGEST_NAME);
    }
  }
}
