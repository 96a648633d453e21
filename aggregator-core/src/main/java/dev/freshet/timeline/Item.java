package dev.freshet.timeline;

import java.util.Arrays;

/** One event or order that a timeline holds: the times of its stages, and its weights. */
final class Item {

  /** The time of what has not happened. */
  static final long NEVER = Long.MAX_VALUE;

  private final long[] stageMillis;
  private final long[] weights;
  private long newestMillis = Long.MIN_VALUE;

  Item(int stages, long[] weights) {
    this.stageMillis = new long[stages];
    this.weights = weights;
    Arrays.fill(stageMillis, NEVER);
  }

  long stageMillis(int stage) {
    return stageMillis[stage];
  }

  long weight(int index) {
    return weights[index];
  }

  /** The newest {@code occurredAt} that named the item. */
  long newestMillis() {
    return newestMillis;
  }

  /** The newest time of a stage that has happened by an instant; the least long if none has. */
  long newestUntil(long instantMillis) {
    return Arrays.stream(stageMillis)
        .filter(millis -> millis <= instantMillis)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /**
   * The item enters a stage; the earliest time of a stage counts.
   *
   * @return whether this told anything new
   */
  boolean enter(int stage, long occurredAtMillis) {
    boolean earlier = occurredAtMillis < stageMillis[stage];
    boolean newer = occurredAtMillis > newestMillis;
    stageMillis[stage] = Math.min(stageMillis[stage], occurredAtMillis);
    newestMillis = Math.max(newestMillis, occurredAtMillis);
    return earlier || newer;
  }
}
