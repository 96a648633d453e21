package dev.freshet.operations.events;

import dev.freshet.replay.events.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The times of events, and the newest plausible one.
 *
 * <p>One wrong clock must not decide the offset of a whole file. The newest plausible event is the
 * last one before the first implausible gap after the median event. A gap is implausible if it is
 * longer than a day, and more than ten times as long as the longest gap in the quarter of the
 * events before the median. Holds one count for each hour.
 */
public final class EventTimeline {

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final long LEAST_GAP_HOURS = 24;
  private static final long GAP_FACTOR = 10;

  /** With fewer events, none can be called implausible. */
  private static final long FEWEST_EVENTS = 3;

  private final NavigableMap<Long, Hour> hours = new TreeMap<>();
  private long events;

  private static final class Hour {
    private long events;
    private long newestMillis = Long.MIN_VALUE;
    private long oldestMillis = Long.MAX_VALUE;
    private Place oldest;
  }

  EventTimeline() {}

  void add(long epochMillis, Place place) {
    Hour hour = hours.computeIfAbsent(Math.floorDiv(epochMillis, HOUR_MILLIS), empty -> new Hour());
    events++;
    hour.events++;
    hour.newestMillis = Math.max(hour.newestMillis, epochMillis);
    if (epochMillis < hour.oldestMillis) {
      hour.oldestMillis = epochMillis;
      hour.oldest = place;
    }
  }

  /**
   * Returns the offset that moves the newest plausible event to an instant; zero without events.
   */
  public Duration offsetTo(Instant now) {
    if (hours.isEmpty()) {
      return Duration.ZERO;
    }
    Instant newest = Instant.ofEpochMilli(hours.get(newestHour()).newestMillis);
    return Duration.between(newest, now.truncatedTo(ChronoUnit.MILLIS));
  }

  /** Returns a line about the events later than the newest plausible one; empty for none. */
  public Optional<String> leftOut() {
    if (hours.isEmpty()) {
      return Optional.empty();
    }
    NavigableMap<Long, Hour> later = hours.tailMap(newestHour(), false);
    if (later.isEmpty()) {
      return Optional.empty();
    }
    Hour first = later.firstEntry().getValue();
    return Optional.of(
        "events too late to be plausible, which do not count as the newest: %d of %d, first %s at %s"
            .formatted(
                later.values().stream().mapToLong(hour -> hour.events).sum(),
                events,
                first.oldest,
                EventTimes.text(first.oldestMillis)));
  }

  private long newestHour() {
    if (events < FEWEST_EVENTS) {
      return hours.lastKey();
    }
    long median = hourOf((events - 1) / 2);
    long quarter = hourOf((events - 1) / 4);
    long widest = 0;
    long previous = quarter;
    for (long hour : hours.subMap(quarter, true, median, true).keySet()) {
      widest = Math.max(widest, hour - previous);
      previous = hour;
    }
    long most = Math.max(LEAST_GAP_HOURS, GAP_FACTOR * widest);
    for (long hour : hours.tailMap(median, false).keySet()) {
      if (hour - previous > most) {
        return previous;
      }
      previous = hour;
    }
    return previous;
  }

  /** Returns the hour of an event, by its rank from 0 in the order of time. */
  private long hourOf(long rank) {
    long before = 0;
    for (Map.Entry<Long, Hour> hour : hours.entrySet()) {
      before += hour.getValue().events;
      if (before > rank) {
        return hour.getKey();
      }
    }
    throw new IllegalArgumentException("there are %d events, not %d".formatted(events, rank + 1));
  }
}
