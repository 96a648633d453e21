package dev.freshet.oracle;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A feature group in plain words, made beside the declaration: so an oracle can interpret it and
 * share nothing with what the engine compiles.
 *
 * @param member the event member that holds the entity's id
 * @param read the names of the event types whose events count themselves
 * @param followed the names of the event types that enter a stage; each enters one of its own
 * @param unit what the value of an event is
 * @param lastSize the size of the last-N window, if there is one
 * @param features in the order they were declared
 */
record PlainGroup(
    String member,
    Set<String> read,
    Set<String> followed,
    Unit unit,
    int lastSize,
    List<PlainFeature> features) {

  private static final long SKEW_MILLIS = Duration.ofHours(1).toMillis();

  /** What the value of an event is. */
  enum Unit {
    NONE,
    /** The member {@code amount}; an event without it counts in windows. */
    AMOUNT,
    /** From {@code fromAt} to {@code toAt}; an event without both is of no use. */
    SECONDS
  }

  /** One feature: its name, and what it is of. */
  sealed interface PlainFeature {
    String name();

    /** How long a time it looks back; 0 if it does not look at the time. */
    long millis();

    /** A statistic of the last values, which its name says. */
    record Last(String name) implements PlainFeature {
      @Override
      public long millis() {
        return 0;
      }
    }

    /** Of the events in a window: {@code events}, {@code sum} or {@code average}. */
    record Window(String name, String what, long millis) implements PlainFeature {}

    /** The items that entered a stage in a window; stages are named by their event types. */
    record Entered(String name, String stage, long millis) implements PlainFeature {}

    /** The items that entered a stage within the look-back, and none of some others. */
    record Open(String name, String since, List<String> until, long millis)
        implements PlainFeature {}
  }

  boolean hasLast() {
    return features.stream().anyMatch(each -> each instanceof PlainFeature.Last);
  }

  boolean hasWindows() {
    return features.stream().anyMatch(each -> each instanceof PlainFeature.Window);
  }

  /** The age from which on an event is late for the windows over events. */
  long windowsHoldMillis() {
    return longest(true);
  }

  /** The age from which on an event is late for the lifecycles of items. */
  long itemsHoldMillis() {
    return longest(false) + SKEW_MILLIS;
  }

  private long longest(boolean ofEvents) {
    return features.stream()
        .filter(each -> each instanceof PlainFeature.Window == ofEvents)
        .mapToLong(PlainFeature::millis)
        .max()
        .orElse(0);
  }
}
