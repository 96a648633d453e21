package dev.freshet.lifecycle;

import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;

/**
 * Writes and reads the items of a timeline. The snapshot starts with the newest past event time and
 * the times of events dated ahead ({@link LifecycleState#write}); then come the items. Each has its
 * id; one bit for each stage that has a time, and one that says whether a newer event named it; the
 * first stage time as a difference from that of the previous item; the other times as differences
 * from the first; and its numbers, each with its time.
 */
final class ItemsCodec {

  private ItemsCodec() {}

  static void writeItems(LifecycleKind kind, Items items, SnapshotWriter out) {
    out.number(items.size());
    long before = 0;
    for (int item = 0; item < items.size(); item++) {
      out.id(items.id(item));
      before = writeTimes(kind.timeline().stages(), items, item, before, out);
      for (int value = 0; value < kind.values().size(); value++) {
        writeValue(items, item, value, before, out);
      }
    }
  }

  private static long writeTimes(
      int stages, Items items, int item, long before, SnapshotWriter out) {
    long present = 0;
    long newest = Long.MIN_VALUE;
    for (int stage = 0; stage < stages; stage++) {
      long time = items.stageMillis(item, stage);
      if (time != Items.NEVER) {
        present |= 1L << (stage + 1);
        newest = Math.max(newest, time);
      }
    }
    boolean named = items.newestMillis(item) != newest;
    out.number(named ? present | 1 : present);
    long base = before;
    boolean first = true;
    for (int stage = 0; stage < stages; stage++) {
      long time = items.stageMillis(item, stage);
      if (time != Items.NEVER) {
        out.signed(time - base);
        base = first ? time : base;
        first = false;
      }
    }
    if (named) {
      out.signed(items.newestMillis(item) - base);
    }
    return base;
  }

  private static void writeValue(Items items, int item, int value, long base, SnapshotWriter out) {
    long number = items.value(item, value);
    out.value(number);
    if (number != Occurrence.NO_VALUE) {
      out.signed(items.valueMillis(item, value) - base);
    }
  }

  /** Reads as many items as were written, and adds them. */
  static void readItems(int stages, int values, int count, Items items, SnapshotReader in) {
    long before = 0;
    for (int i = 0; i < count; i++) {
      int item = items.add(in.id());
      before = readTimes(stages, items, item, before, in);
      for (int value = 0; value < values; value++) {
        long number = in.value();
        if (number != Occurrence.NO_VALUE) {
          items.setValue(item, value, number, before + in.signed());
        }
      }
    }
  }

  private static long readTimes(int stages, Items items, int item, long before, SnapshotReader in) {
    long present = in.number();
    long base = before;
    long newest = Long.MIN_VALUE;
    boolean first = true;
    for (int stage = 0; stage < stages; stage++) {
      if (((present >> (stage + 1)) & 1) != 0) {
        long time = base + in.signed();
        items.setStage(item, stage, time);
        newest = Math.max(newest, time);
        base = first ? time : base;
        first = false;
      }
    }
    items.setNewest(item, (present & 1) != 0 ? base + in.signed() : newest);
    return base;
  }
}
