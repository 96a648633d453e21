package dev.freshet.definition;

import java.util.List;
import java.util.Set;

/**
 * A kind of business event and the stream that carries it.
 *
 * @param name the value of {@code eventType}, such as {@code TABLE_RATED}
 * @param stream the stream's name without a stage prefix, such as {@code table-rated}
 * @param item the member that holds the id of the item, whose stages a group may follow; required
 *     in every event
 * @param members the members that its events carry beyond the envelope; empty if not declared, and
 *     then nothing is checked
 */
public record EventType(String name, String stream, String item, List<String> members) {

  private static final Set<String> ENVELOPE = Set.of("eventId", "eventType", "occurredAt");

  public EventType {
    if (name.isBlank() || stream.isBlank() || item.isBlank()) {
      throw new IllegalArgumentException(
          "an event type needs a name, a stream and the member of its item: '%s', '%s', '%s'"
              .formatted(name, stream, item));
    }
    members = List.copyOf(members);
  }

  public EventType(String name, String stream, String item) {
    this(name, stream, item, List.of());
  }

  /**
   * Returns the same type with the members that its events carry; a declaration that reads any
   * other member fails.
   */
  public EventType carrying(String... carried) {
    if (!members.isEmpty() || carried.length == 0) {
      throw new IllegalArgumentException(
          "event type %s: carrying() is called once, with every member: %s, then %s"
              .formatted(name, members, List.of(carried)));
    }
    return new EventType(name, stream, item, List.of(carried));
  }

  /** Returns whether its events have a member; always true if the members are not declared. */
  public boolean carries(String member) {
    return members.isEmpty()
        || members.contains(member)
        || ENVELOPE.contains(member)
        || item.equals(member);
  }
}
