package dev.freshet.operations.events;

import dev.freshet.definition.EventType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which stream carries the events of a type, and which of their members are times.
 *
 * @param byType streams without the stage prefix used on AWS, by {@code eventType}
 * @param times names of members
 */
public record EventStreams(Map<String, String> byType, Set<String> times) {

  /** The events of an order. */
  public static final EventStreams OF_ORDERS =
      new EventStreams(
          Arrays.stream(OrderEventType.values())
              .collect(Collectors.toMap(OrderEventType::name, OrderEventType::stream)),
          TimeMember.OF_ORDERS);

  private static final String TIME_SUFFIX = "At";

  public EventStreams {
    byType = Map.copyOf(byType);
    times = Set.copyOf(times);
  }

  /** These and the declared ones; a declared member whose name ends in {@code At} is a time. */
  public EventStreams and(Collection<EventType> declared) {
    Map<String, String> streams = new HashMap<>(byType);
    Set<String> members = new HashSet<>(times);
    for (EventType type : declared) {
      streams.put(type.name(), type.stream());
      type.members().stream().filter(each -> each.endsWith(TIME_SUFFIX)).forEach(members::add);
    }
    return new EventStreams(streams, members);
  }

  Optional<String> of(String eventType) {
    return Optional.ofNullable(byType.get(eventType));
  }

  boolean isTime(String member) {
    return times.contains(member);
  }
}
