package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.plain;

import dev.freshet.event.Event;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Entities with so many events that they take much room. */
final class LargeEntities {

  private LargeEntities() {}

  static List<String> ofOnePartition(StateKeys keys, int count) {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> "key" + i)
        .filter(key -> keys.partition(key) == 7)
        .limit(count)
        .toList();
  }

  /** Returns events of some 256 bytes each: their ids have nothing in common. */
  static Event[] events(String key, int count) {
    Random random = new Random(key.hashCode());
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              StringBuilder id = new StringBuilder(256);
              random.ints(256, ' ', 127).forEach(each -> id.append((char) each));
              return plain(id.toString(), NOON - i);
            })
        .toArray(Event[]::new);
  }
}
