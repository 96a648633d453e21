package dev.freshet.events;

import java.util.Arrays;

/**
 * Numbers in ascending order, of which some may be equal. Stored as a list of sorted runs, so that
 * adding and removing cost a binary search and a short move of memory.
 */
final class SortedValues {

  private static final int RUN = 256;

  private double[][] runs = {new double[16]};
  private int[] counts = {0};
  private int runCount = 1;

  void add(double value) {
    int run = runOf(value);
    if (counts[run] == RUN) {
      split(run);
      run = runOf(value);
    }
    double[] values = runs[run];
    if (counts[run] == values.length) {
      values = Arrays.copyOf(values, Math.min(RUN, 2 * values.length));
      runs[run] = values;
    }
    int place = placeIn(run, value);
    System.arraycopy(values, place, values, place + 1, counts[run] - place);
    values[place] = value;
    counts[run]++;
  }

  /** Removes one of the numbers that equal a value. */
  void remove(double value) {
    int run = runOf(value);
    int place = placeIn(run, value);
    System.arraycopy(runs[run], place + 1, runs[run], place, counts[run] - place - 1);
    counts[run]--;
    if (counts[run] == 0 && runCount > 1) {
      removeRun(run);
    }
  }

  /** Returns the number at a rank; 0 is the smallest. */
  double ranked(int rank) {
    int rest = rank;
    int run = 0;
    while (rest >= counts[run]) {
      rest -= counts[run++];
    }
    return runs[run][rest];
  }

  /** Returns the first run whose greatest number is not less than a value, else the last run. */
  private int runOf(double value) {
    int low = 0;
    int high = runCount - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Double.compare(runs[middle][counts[middle] - 1], value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int placeIn(int run, double value) {
    int low = 0;
    int high = counts[run];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Double.compare(runs[run][middle], value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void split(int run) {
    if (runCount == runs.length) {
      runs = Arrays.copyOf(runs, 2 * runCount);
      counts = Arrays.copyOf(counts, 2 * runCount);
    }
    System.arraycopy(runs, run + 1, runs, run + 2, runCount - run - 1);
    System.arraycopy(counts, run + 1, counts, run + 2, runCount - run - 1);
    runCount++;
    double[] upper = new double[RUN];
    System.arraycopy(runs[run], RUN / 2, upper, 0, RUN / 2);
    runs[run + 1] = upper;
    counts[run + 1] = RUN / 2;
    counts[run] = RUN / 2;
  }

  private void removeRun(int run) {
    System.arraycopy(runs, run + 1, runs, run, runCount - run - 1);
    System.arraycopy(counts, run + 1, counts, run, runCount - run - 1);
    runs[--runCount] = null;
  }

  long sizeBytes() {
    return 64L + runCount * (32L + 8L * RUN);
  }
}
