package dev.freshet.history;

import dev.freshet.fold.StateKind;

/**
 * The time that a window sees: after the start of the hop in which t − delay − length lies, up to t
 * − delay.
 *
 * @param lengthMillis {@link StateKind#FOREVER} for all up to t − delay
 * @param hopMillis 0 likewise
 */
public record HistorySpan(long lengthMillis, long hopMillis, long delayMillis) {

  boolean isLifetime() {
    return lengthMillis == StateKind.FOREVER;
  }

  /** Returns the instant after which it begins. */
  long startMillis(long nowMillis) {
    return isLifetime()
        ? Long.MIN_VALUE
        : Math.floorDiv(nowMillis - delayMillis - lengthMillis, hopMillis) * hopMillis;
  }

  /** Returns the first instant at which it begins after another one than at {@code nowMillis}. */
  long nextStartMillis(long nowMillis) {
    return isLifetime()
        ? StateKind.FOREVER
        : startMillis(nowMillis) + hopMillis + lengthMillis + delayMillis;
  }

  /** Returns the instant with which it ends. */
  long endMillis(long nowMillis) {
    return nowMillis - delayMillis;
  }

  /** Returns the instant at which an event of some time leaves. */
  long leavesMillis(long time) {
    return isLifetime() ? StateKind.FOREVER : firstStart(time) + lengthMillis + delayMillis;
  }

  /** Returns whether it can begin, now or later, between an event and another, later one. */
  boolean divides(long earlier, long later, long nowMillis) {
    return !isLifetime() && firstStart(earlier) < later && startMillis(nowMillis) < later;
  }

  /** Returns the first start that leaves out an event of some time. */
  private long firstStart(long time) {
    return -Math.floorDiv(-time, hopMillis) * hopMillis;
  }

  /** Returns up to which age tiles that are kept for this span serve another one. */
  long keptFor(HistorySpan other) {
    if (isLifetime() || other.isLifetime()) {
      return isLifetime() && other.isLifetime() ? StateKind.FOREVER : 0;
    }
    if (other.hopMillis % hopMillis != 0) {
      return 0;
    }
    return lengthMillis + delayMillis + (other.hopMillis == hopMillis ? hopMillis : 0);
  }

  /** The age at which an event has left for certain. */
  long holdMillis() {
    return isLifetime() ? StateKind.FOREVER : lengthMillis + hopMillis + delayMillis;
  }
}
