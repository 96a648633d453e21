package dev.freshet.definition;

import dev.freshet.format.EventFormat;
import dev.freshet.input.TypeName;
import java.util.List;

/**
 * A kind of business event and the stream that carries it.
 *
 * @param name its name in events, such as {@code TABLE_RATED}
 * @param stream the stream's name without a stage prefix, such as {@code table-rated}
 * @param format the way in which its events are written
 * @param members the paths of the members that its events carry beyond those of the format; empty
 *     if not declared, and then nothing is checked
 */
public record EventType(String name, String stream, EventFormat format, List<String> members)
    implements TypeName {

  public EventType {
    if (name.isBlank() || stream.isBlank()) {
      throw new IllegalArgumentException(
          "an event type needs a name and a stream: '%s', '%s'".formatted(name, stream));
    }
    if (format.occurredAt().isEmpty()) {
      throw new IllegalArgumentException(
          "event type %s: its format does not say when an event occurred: call occurredAt(path, unit)"
              .formatted(name));
    }
    members = List.copyOf(members);
  }

  public EventType(String name, String stream, EventFormat format) {
    this(name, stream, format, List.of());
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
    return new EventType(name, stream, format, List.of(carried));
  }

  /** Returns whether a stream carries it, going by a name that may have a prefix: {@code prod-}. */
  public boolean isCarriedBy(String streamName) {
    int prefix = streamName.length() - stream.length();
    return streamName.endsWith(stream) && (prefix == 0 || streamName.charAt(prefix - 1) == '-');
  }

  /** Returns whether its events have a member; always true if the members are not declared. */
  public boolean carries(String path) {
    return members.isEmpty()
        || members.contains(path)
        || format.id().contains(path)
        || format.required().contains(path)
        || path.equals(format.type())
        || path.equals(format.occurredAt());
  }
}
