package dev.freshet.local.platform;

/** Counts times by millisecond; the last class holds all longer ones. */
public final class FreshnessHistogram {

  private static final int CLASSES = 60_000;

  private final long[] counts;

  private FreshnessHistogram(long[] counts) {
    this.counts = counts;
  }

  static FreshnessHistogram none() {
    return new FreshnessHistogram(new long[CLASSES]);
  }

  void add(long millis) {
    counts[(int) Math.min(Math.max(0, millis), CLASSES - 1)]++;
  }

  FreshnessHistogram copy() {
    return new FreshnessHistogram(counts.clone());
  }

  /** Returns the times that were added since an earlier copy. */
  public FreshnessHistogram since(FreshnessHistogram earlier) {
    long[] difference = new long[CLASSES];
    for (int millis = 0; millis < CLASSES; millis++) {
      difference[millis] = counts[millis] - earlier.counts[millis];
    }
    return new FreshnessHistogram(difference);
  }

  public long count() {
    long count = 0;
    for (long each : counts) {
      count += each;
    }
    return count;
  }

  /** Returns a percentile in milliseconds; 0 without times. */
  public long percentile(double percent) {
    long rank = (long) Math.ceil(count() * percent / 100);
    long seen = 0;
    for (int millis = 0; millis < CLASSES; millis++) {
      seen += counts[millis];
      if (seen >= rank) {
        return rank == 0 ? 0 : millis;
      }
    }
    return CLASSES;
  }
}
