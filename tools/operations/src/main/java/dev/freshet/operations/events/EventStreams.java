package dev.freshet.operations.events;

import dev.freshet.definition.EventType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which stream carries the events of a type, and which of their members are times or items.
 *
 * @param byType streams without the stage prefix used on AWS, by {@code eventType}
 * @param times names of members
 * @param items names of members whose value is the partition key
 * @param otherwise the stream that gets what is no event of these types, for the functions to
 *     dead-letter
 */
public record EventStreams(
    Map<String, String> byType, Set<String> times, Set<String> items, String otherwise) {

  private static final String TIME_SUFFIX = "At";

  public EventStreams {
    byType = Map.copyOf(byType);
    times = Set.copyOf(times);
    items = Set.copyOf(items);
  }

  /**
   * Those of declared types; what is of none of them goes to the stream of the first.
   *
   * @throws IllegalStateException if there are none
   */
  public static EventStreams of(List<EventType> declared) {
    if (declared.isEmpty()) {
      throw new IllegalStateException(
          "no function reads a stream of events: declare one in serverless.yml");
    }
    String first = declared.get(0).stream();
    return new EventStreams(Map.of(), Set.of(TimeMember.OCCURRED_AT), Set.of(), first)
        .and(declared);
  }

  /** These and the declared ones; a declared member whose name ends in {@code At} is a time. */
  public EventStreams and(Collection<EventType> declared) {
    Map<String, String> streams = new HashMap<>(byType);
    Set<String> members = new HashSet<>(times);
    Set<String> ids = new HashSet<>(items);
    for (EventType type : declared) {
      streams.put(type.name(), type.stream());
      ids.add(type.item());
      type.members().stream().filter(each -> each.endsWith(TIME_SUFFIX)).forEach(members::add);
    }
    return new EventStreams(streams, members, ids, otherwise);
  }

  Optional<String> of(String eventType) {
    return Optional.ofNullable(byType.get(eventType));
  }

  boolean isItem(String member) {
    return items.contains(member);
  }

  boolean isTime(String member) {
    return times.contains(member);
  }
}
