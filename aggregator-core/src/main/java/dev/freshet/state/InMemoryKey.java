package dev.freshet.state;

import dev.freshet.event.Event;
import java.util.List;

/** The state of one key on the heap. */
interface InMemoryKey {

  KeyState apply(List<Event> events, long nowMillis);

  /** A hybrid clock: microseconds, but always past the version before. */
  static long nextVersion(long version, long nowMillis) {
    return Math.max(version + 1, nowMillis * 1_000);
  }
}
