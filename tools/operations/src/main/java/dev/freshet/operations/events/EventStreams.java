package dev.freshet.operations.events;

import dev.freshet.definition.EventType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The streams of event types, and the members of events that are times or item ids.
 *
 * @param byType streams without the stage prefix used on AWS, by {@code eventType}
 * @param times names of members
 * @param items names of members whose value is the partition key
 * @param otherwise the stream of everything else; the functions send it to the dead letters
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
   * Returns the streams of declared types. A declared member whose name ends in {@code At} is a
   * time. Events of other types go to the stream of the first.
   *
   * @throws IllegalStateException if there are none
   */
  public static EventStreams of(List<EventType> declared) {
    if (declared.isEmpty()) {
      throw new IllegalStateException(
          "no function reads a stream of events: declare one in serverless.yml");
    }
    Map<String, String> streams = new HashMap<>();
    Set<String> times = new HashSet<>(Set.of(EventLine.OCCURRED_AT));
    Set<String> items = new HashSet<>();
    for (EventType type : declared) {
      streams.put(type.name(), type.stream());
      items.add(type.item());
      type.members().stream().filter(each -> each.endsWith(TIME_SUFFIX)).forEach(times::add);
    }
    return new EventStreams(streams, times, items, declared.get(0).stream());
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
