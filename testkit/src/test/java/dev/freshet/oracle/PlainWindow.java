package dev.freshet.oracle;

import dev.freshet.definition.LastEvents;
import dev.freshet.definition.TimeWindow;
import dev.freshet.definition.Window;

/**
 * A window in plain words.
 *
 * @param last the number of events that it sees; 0 for all of the time
 * @param length of time; null for last events of any age
 * @param delay how much earlier than t it ends; null if it does not
 */
record PlainWindow(int last, PlainTime length, PlainTime delay) {

  boolean isOverTime() {
    return last == 0;
  }

  boolean isOfAnyAge() {
    return length == null;
  }

  long delayMillis() {
    return delay == null ? 0 : delay.millis();
  }

  /** The age at which an event has left it; 0 if none does. */
  long holdMillis() {
    return isOfAnyAge() ? 0 : length.millis() + delayMillis();
  }

  /** Returns whether an event of this time may be in the window at an instant. */
  boolean covers(long occurredAt, long at) {
    long end = at - delayMillis();
    return isOfAnyAge() || end - length.millis() < occurredAt && occurredAt <= end;
  }

  String label() {
    return isOfAnyAge()
        ? ""
        : "_" + length.label() + (delay == null ? "" : "_after_" + delay.label());
  }

  TimeWindow time() {
    TimeWindow declared = length.declared();
    return delay == null ? declared : declared.delayedBy(delay.declared());
  }

  LastEvents lastEvents() {
    LastEvents declared = Window.last(last);
    return isOfAnyAge() ? declared : declared.within(length.declared());
  }
}
