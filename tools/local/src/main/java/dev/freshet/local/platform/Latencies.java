package dev.freshet.local.platform;

/** A distribution of milliseconds: how many of each, the last class open. */
public final class Latencies {

  private static final int CLASSES = 60_000;

  private final long[] counts;

  private Latencies(long[] counts) {
    this.counts = counts;
  }

  static Latencies none() {
    return new Latencies(new long[CLASSES]);
  }

  void add(long millis) {
    counts[(int) Math.min(Math.max(0, millis), CLASSES - 1)]++;
  }

  Latencies copy() {
    return new Latencies(counts.clone());
  }

  /** What came since an earlier copy of the same distribution. */
  public Latencies since(Latencies earlier) {
    long[] difference = new long[CLASSES];
    for (int millis = 0; millis < CLASSES; millis++) {
      difference[millis] = counts[millis] - earlier.counts[millis];
    }
    return new Latencies(difference);
  }

  public long count() {
    long count = 0;
    for (long each : counts) {
      count += each;
    }
    return count;
  }

  /** The least number of milliseconds that a share of all does not exceed; 0 of none. */
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
