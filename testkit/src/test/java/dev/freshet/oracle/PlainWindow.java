package dev.freshet.oracle;

import dev.freshet.definition.HistoryWindow;
import dev.freshet.definition.LastEvents;
import dev.freshet.definition.TimeWindow;
import dev.freshet.definition.Window;
import java.time.Duration;

/**
 * A window in plain words.
 *
 * @param last the number of events that it sees; 0 for all of the time
 * @param length of time; null for last events of any age, and for a lifetime
 * @param delay how much earlier than t it ends; null if it does not
 * @param hopSeconds its beginning is rounded down to a multiple of this since 1970; 0 if it is not
 */
record PlainWindow(int last, PlainTime length, PlainTime delay, long hopSeconds) {

  static PlainWindow last(int size, PlainTime within) {
    return new PlainWindow(size, within, null, 0);
  }

  static PlainWindow over(PlainTime length, PlainTime delay) {
    return new PlainWindow(0, length, delay, 0);
  }

  static PlainWindow lifetime(PlainTime delay) {
    return new PlainWindow(0, null, delay, 0);
  }

  /** Returns the same window, moving in hops. */
  PlainWindow every(long seconds) {
    return new PlainWindow(last, length, delay, seconds);
  }

  boolean isOverTime() {
    return last == 0;
  }

  /** Returns whether it sees last events of any age. */
  boolean isOfAnyAge() {
    return last > 0 && length == null;
  }

  private boolean isLifetime() {
    return last == 0 && length == null;
  }

  /** Returns whether it moves in hops or is of a lifetime. */
  boolean isHistory() {
    return hopSeconds > 0 || isLifetime();
  }

  long delayMillis() {
    return delay == null ? 0 : delay.millis();
  }

  /** The age at which every event has left it; 0 if none does. */
  long holdMillis() {
    return length == null ? 0 : length.millis() + delayMillis() + hopSeconds * 1_000;
  }

  /** Returns whether an event of this time may be in the window at an instant. */
  boolean covers(long occurredAt, long at) {
    return isOfAnyAge() || occurredAt <= at - delayMillis() && isHeld(occurredAt, at);
  }

  /** Returns whether an event of this time has not left the window at an instant. */
  boolean isHeld(long occurredAt, long at) {
    return length == null || occurredAt > begin(at - delayMillis() - length.millis());
  }

  private long begin(long instant) {
    long hop = hopSeconds * 1_000;
    return hop == 0 ? instant : instant - Math.floorMod(instant, hop);
  }

  /** The instant at which an event of this time leaves; that of the event if it never does. */
  long leavesAt(long occurredAt) {
    if (length == null) {
      return occurredAt;
    }
    long endOfHop = hopSeconds == 0 ? occurredAt : -begin(-occurredAt);
    return endOfHop + length.millis() + delayMillis();
  }

  String label() {
    String of =
        last > 0 && length == null ? "" : "_" + (length == null ? "lifetime" : length.label());
    return of + (delay == null ? "" : "_after_" + delay.label());
  }

  TimeWindow time() {
    TimeWindow declared = length.declared();
    return delay == null ? declared : declared.delayedBy(delay.declared());
  }

  HistoryWindow history() {
    if (!isLifetime()) {
      return time().every(Duration.ofSeconds(hopSeconds));
    }
    return delay == null ? Window.lifetime() : Window.lifetime().delayedBy(delay.declared());
  }

  LastEvents lastEvents() {
    LastEvents declared = Window.last(last);
    return isOfAnyAge() ? declared : declared.within(length.declared());
  }
}
