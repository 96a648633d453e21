package dev.freshet.definition;

import java.time.Duration;

/**
 * The window of the newest events of an entity, ordered by ({@code occurredAt}, {@code eventId}).
 *
 * @param size the greatest number of events seen, 1 to 1,000
 * @param within the time window in which they must lie; null if they may be of any age
 */
public record LastEvents(int size, TimeWindow within) implements Window {

  private static final int LARGEST = 1_000;

  public LastEvents {
    if (size < 1 || size > LARGEST) {
      throw new IllegalArgumentException("last events must be 1 to " + LARGEST + ": " + size);
    }
    if (within != null && within.delay() != null) {
      throw new IllegalArgumentException(
          "within() of last events takes no delayed window: " + within);
    }
  }

  /** Returns the newest events that lie in a time window. */
  public LastEvents within(TimeWindow window) {
    if (within != null) {
      throw new IllegalArgumentException(
          "within() is called twice, with %s and then %s: keep one".formatted(within, window));
    }
    return new LastEvents(size, window);
  }

  /** The length of {@link #within}; null if there is none. */
  Duration age() {
    return within == null ? null : within.length();
  }

  @Override
  public String ending() {
    return within == null ? "" : within.ending();
  }

  @Override
  public String toString() {
    return "last " + size + " events" + (within == null ? "" : " of " + within);
  }
}
