package dev.freshet.state;

import dev.freshet.event.Event;
import dev.freshet.state.KeyState.LastValues;
import dev.freshet.state.KeyState.Tally;
import java.util.List;
import java.util.TreeSet;

/** The last events of one key, on the heap. */
final class InMemoryLastEvents implements InMemoryKey {

  private final int size;
  private final TreeSet<Event> held = new TreeSet<>(EventOrder.OLDEST_FIRST);
  private long version;

  InMemoryLastEvents(int size) {
    this.size = size;
  }

  @Override
  public LastValues apply(List<Event> events, long nowMillis) {
    List<Event> added = events.stream().filter(held::add).toList();
    while (held.size() > size) {
      held.pollFirst();
    }
    int late = (int) added.stream().filter(event -> !held.contains(event)).count();
    Tally tally = new Tally(added.size() - late, events.size() - added.size(), late);
    version = InMemoryKey.nextVersion(version, nowMillis);
    long[] values = held.stream().mapToLong(Event::valueMicros).toArray();
    return new LastValues(version, held.last().occurredAtMillis(), values, tally);
  }
}
