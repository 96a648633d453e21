package dev.freshet.state;

import dev.freshet.event.Event;
import dev.freshet.state.KeyState.LastValues;
import dev.freshet.state.KeyState.Tally;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The last events of one key, on the heap; of an id that came with several times, the latest. */
final class InMemoryLastEvents implements InMemoryKey {

  private final int size;
  private final TreeSet<Event> held = new TreeSet<>(EventOrder.OLDEST_FIRST);
  private final Map<String, Event> byId = new HashMap<>();
  private long version;

  InMemoryLastEvents(int size) {
    this.size = size;
  }

  @Override
  public LastValues apply(List<Event> events, long nowMillis) {
    Set<Event> added = new HashSet<>();
    for (Event event : events) {
      Event before = byId.get(event.eventId());
      if (before == null || before.occurredAtMillis() < event.occurredAtMillis()) {
        byId.put(event.eventId(), event);
        held.add(event);
        added.add(event);
        if (before != null) {
          held.remove(before);
          added.remove(before);
        }
      }
    }
    while (held.size() > size) {
      byId.remove(held.pollFirst().eventId());
    }
    int late = (int) added.stream().filter(event -> !held.contains(event)).count();
    Tally tally = new Tally(added.size() - late, events.size() - added.size(), late);
    version = InMemoryKey.nextVersion(version, nowMillis);
    long[] values = held.stream().mapToLong(Event::valueMicros).toArray();
    return new LastValues(version, held.last().occurredAtMillis(), values, tally);
  }
}
