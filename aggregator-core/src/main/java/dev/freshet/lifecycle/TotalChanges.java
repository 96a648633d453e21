package dev.freshet.lifecycle;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * The future changes of totals: a sorted map from (instant, total) to the difference. Differences
 * that cancel out are removed, so the first entry is the next change of a total.
 *
 * <p>Stored as a sorted list of sorted runs of some hundred entries. Adding and removing the first
 * entry cost O(log n) and a short move of memory; an entry takes 16 bytes.
 */
final class TotalChanges {

  /** Stands for no further change. */
  static final long NEVER = Long.MAX_VALUE;

  /** A key is an instant and, in its last bits, a total. */
  private static final int TOTAL_BITS = 12;

  /** The greatest number of totals in a timeline. */
  static final int MOST_TOTALS = 1 << TOTAL_BITS;

  private static final int RUN = 256;

  /** A sorted run of entries, from {@code first} to before {@code last}. */
  private static final class Run {
    private final long[] keys;
    private final long[] deltas;
    private int first;
    private int last;

    Run(int room) {
      keys = new long[room];
      deltas = new long[room];
    }
  }

  private Run[] runs = {};
  private int firstRun;
  private int lastRun;
  private int room;

  /** Adds {@code delta} to a total at an instant. */
  void add(long instant, int total, long delta) {
    long key = (instant << TOTAL_BITS) + total;
    int at = runOf(key);
    if (at < 0) {
      insertRun(firstRun, newRun(8));
      at = firstRun;
    }
    Run run = runs[at];
    int place = Arrays.binarySearch(run.keys, run.first, run.last, key);
    if (place < 0) {
      insert(at, -place - 1, key, delta);
    } else if ((run.deltas[place] += delta) == 0) {
      remove(at, place);
    }
  }

  /** Returns the instant of the first change, or {@link #NEVER}. */
  long firstInstant() {
    return firstRun == lastRun ? NEVER : instant(runs[firstRun].keys[runs[firstRun].first]);
  }

  /**
   * Returns the first instant at which the totals are different in a way that matters, or {@link
   * #NEVER}. Totals may change without changing a feature, such as the mean of equal values when
   * one leaves.
   *
   * @param totals the totals before the first change
   * @param isDifferent tests the totals after all changes of an instant
   */
  long firstInstant(long[] totals, Predicate<long[]> isDifferent) {
    long[] then = totals.clone();
    long instant = NEVER;
    for (int at = firstRun; at < lastRun; at++) {
      Run run = runs[at];
      for (int place = run.first; place < run.last; place++) {
        long next = instant(run.keys[place]);
        if (instant != NEVER && instant != next && isDifferent.test(then)) {
          return instant;
        }
        instant = next;
        then[total(run.keys[place])] += run.deltas[place];
      }
    }
    return instant != NEVER && isDifferent.test(then) ? instant : NEVER;
  }

  /** Applies all changes up to an instant to the totals, and removes them. */
  void passTo(long instant, long[] totals) {
    while (firstInstant() <= instant && firstRun < lastRun) {
      Run run = runs[firstRun];
      totals[total(run.keys[run.first])] += run.deltas[run.first];
      run.first++;
      if (run.first == run.last) {
        removeRun(firstRun);
      }
    }
  }

  /** Estimates the bytes of memory that they take. */
  long sizeBytes() {
    return 48L + 16L * room + 64L * runs.length;
  }

  private static long instant(long key) {
    return key >> TOTAL_BITS;
  }

  private static int total(long key) {
    return (int) key & (MOST_TOTALS - 1);
  }

  /** Returns the last run that starts at or before a key, else the first; −1 if there is none. */
  private int runOf(long key) {
    int low = firstRun;
    int high = lastRun - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (runs[middle].keys[runs[middle].first] <= key) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return firstRun == lastRun ? -1 : low;
  }

  private void insert(int at, int place, long key, long delta) {
    Run run = runs[at];
    if (run.first > 0 && place - run.first <= run.last - place) {
      shift(run, run.first, run.first - 1, place - run.first);
      run.first--;
      put(run, place - 1, key, delta);
    } else if (run.last < run.keys.length) {
      shift(run, place, place + 1, run.last - place);
      run.last++;
      put(run, place, key, delta);
    } else if (run.last - run.first < RUN) {
      runs[at] = copy(run, run.first, run.last, Math.min(RUN, 2 * run.keys.length));
      room += runs[at].keys.length - run.keys.length;
      insert(at, place - run.first, key, delta);
    } else {
      split(at);
      add(instant(key), total(key), delta);
    }
  }

  /**
   * Splits the last run near its end, as entries added in order then fill their runs; splits others
   * in the middle.
   */
  private void split(int at) {
    Run run = runs[at];
    int middle = at == lastRun - 1 ? run.last - RUN / 8 : (run.first + run.last) / 2;
    Run behind = copy(run, middle, run.last, RUN);
    room += RUN;
    run.last = middle;
    insertRun(at + 1, behind);
  }

  private static Run copy(Run run, int from, int to, int room) {
    Run copy = new Run(room);
    System.arraycopy(run.keys, from, copy.keys, 0, to - from);
    System.arraycopy(run.deltas, from, copy.deltas, 0, to - from);
    copy.last = to - from;
    return copy;
  }

  private Run newRun(int entries) {
    room += entries;
    return new Run(entries);
  }

  private void remove(int at, int place) {
    Run run = runs[at];
    shift(run, place + 1, place, run.last - place - 1);
    run.last--;
    if (run.first == run.last) {
      removeRun(at);
    }
  }

  private static void put(Run run, int place, long key, long delta) {
    run.keys[place] = key;
    run.deltas[place] = delta;
  }

  private static void shift(Run run, int from, int to, int length) {
    System.arraycopy(run.keys, from, run.keys, to, length);
    System.arraycopy(run.deltas, from, run.deltas, to, length);
  }

  private void insertRun(int at, Run run) {
    if (lastRun == runs.length) {
      Run[] more = new Run[Math.max(4, 2 * (lastRun - firstRun))];
      System.arraycopy(runs, firstRun, more, 0, lastRun - firstRun);
      at -= firstRun;
      lastRun -= firstRun;
      firstRun = 0;
      runs = more;
    }
    System.arraycopy(runs, at, runs, at + 1, lastRun - at);
    runs[at] = run;
    lastRun++;
  }

  private void removeRun(int at) {
    room -= runs[at].keys.length;
    if (at == firstRun) {
      runs[firstRun++] = null;
    } else {
      System.arraycopy(runs, at + 1, runs, at, lastRun - at - 1);
      runs[--lastRun] = null;
    }
    if (firstRun == lastRun) {
      firstRun = 0;
      lastRun = 0;
    }
  }
}
