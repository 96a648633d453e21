package dev.freshet.oracle;

import dev.freshet.oracle.PlainFeature.OfEvents;
import dev.freshet.oracle.PlainFeature.PlainLifecycle;

/**
 * Judges which features use an event, by what it carries and how late it arrived.
 *
 * @param timeToLiveMillis how long the state of an entity outlives its last write
 */
record EventUse(PlainGroup group, long timeToLiveMillis) {

  /** An event and when it arrived the first time. */
  record Seen(OracleEvent event, long atMillis) {
    private boolean isLate(long holdMillis) {
      return event.occurredAt() <= atMillis - holdMillis;
    }
  }

  /** Returns whether an event was held for anything. */
  boolean isUsed(Seen seen) {
    return isOfWindows(seen)
        || isOfHistory(seen)
        || group.lifecycles().stream().anyMatch(each -> isOf(each, seen));
  }

  /** Returns whether an event was held for windows over events that are not of history. */
  boolean isOfWindows(Seen seen) {
    boolean isLate =
        seen.isLate(group.windowsHoldMillis())
            && !(group.overEvents(false).anyMatch(each -> each.window().isOfAnyAge())
                && !seen.isLate(timeToLiveMillis + 1));
    return isOver(seen.event(), false) && !isLate;
  }

  /** Returns whether an event was held for windows that are of history. */
  boolean isOfHistory(Seen seen) {
    return group.lateness() != null
        && isOver(seen.event(), true)
        && !seen.isLate(group.lateness().toMillis());
  }

  /** In a window of time, events without an input make features 0 instead of absent. */
  private boolean isOver(OracleEvent event, boolean isHistory) {
    return group.read().contains(event.type())
        && !(group.value() != null && group.value().isRequired() && group.value().of(event) == null)
        && group
            .overEvents(isHistory)
            .anyMatch(each -> each.window().isOverTime() || sees(each, event));
  }

  boolean isOfLastOfAnyAge(Seen seen) {
    return isOfWindows(seen)
        && group
            .overEvents(false)
            .anyMatch(each -> each.window().isOfAnyAge() && sees(each, seen.event()));
  }

  /** Returns whether an event was held for a lifecycle. */
  boolean isOf(PlainLifecycle lifecycle, Seen seen) {
    return seen.event().has(lifecycle.item())
        && group.stages().stream()
            .anyMatch(
                stage ->
                    stage.lifecycle().equals(lifecycle)
                        && stage.types().contains(seen.event().type()))
        && !seen.isLate(group.holdMillis(lifecycle));
  }

  /** Returns whether an event passes the filter of a feature, and has its input. */
  boolean sees(OfEvents feature, OracleEvent event) {
    PlainFilter filter = group.filterOf(feature);
    PlainInput input = group.inputOf(feature);
    return (filter == null || filter.passes(event)) && (input == null || input.of(event) != null);
  }
}
