package dev.freshet.definition;

import java.util.List;
import java.util.Set;

/**
 * A kind of business event and the stream that carries it.
 *
 * @param name the value of {@code eventType}, such as {@code ORDER_CREATED}
 * @param stream the stream's name without a stage prefix, such as {@code order-created}
 * @param members what its events carry beyond {@link #ENVELOPE}; empty if that is not said, and
 *     then nothing is checked
 */
public record EventType(String name, String stream, List<String> members) {

  /** The members that every event has. */
  public static final Set<String> ENVELOPE =
      Set.of("eventId", "eventType", "occurredAt", "orderId");

  public EventType {
    if (name.isBlank() || stream.isBlank()) {
      throw new IllegalArgumentException(
          "an event type needs a name and a stream: '" + name + "', '" + stream + "'");
    }
    members = List.copyOf(members);
  }

  public EventType(String name, String stream) {
    this(name, stream, List.of());
  }

  /** The same type, saying what its events carry: a declaration that reads anything else fails. */
  public EventType carrying(String... carried) {
    if (!members.isEmpty() || carried.length == 0) {
      throw new IllegalArgumentException(
          "event type %s: carrying() is called once, with every member: %s, then %s"
              .formatted(name, members, List.of(carried)));
    }
    return new EventType(name, stream, List.of(carried));
  }

  boolean carries(String member) {
    return members.isEmpty() || members.contains(member) || ENVELOPE.contains(member);
  }
}
