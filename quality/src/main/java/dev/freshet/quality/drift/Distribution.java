package dev.freshet.quality.drift;

/**
 * Where numbers lie: their mean and quantiles. A quantile between two values is interpolated (type
 * 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996; the default of numpy).
 */
public record Distribution(
    double mean,
    double p01,
    double p10,
    double p25,
    double p50,
    double p75,
    double p90,
    double p99) {

  /** Returns the distribution of at least one number, in ascending order. */
  static Distribution of(double[] sorted) {
    return new Distribution(
        mean(sorted),
        quantile(sorted, 0.01),
        quantile(sorted, 0.1),
        quantile(sorted, 0.25),
        quantile(sorted, 0.5),
        quantile(sorted, 0.75),
        quantile(sorted, 0.9),
        quantile(sorted, 0.99));
  }

  /** Divides before it adds, so that great numbers do not overflow. */
  private static double mean(double[] sorted) {
    double mean = 0;
    for (double each : sorted) {
      mean += each / sorted.length;
    }
    return mean;
  }

  /** Returns the value below which a share of at least one number lies. */
  static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    double low = sorted[below];
    double high = sorted[Math.min(below + 1, sorted.length - 1)];
    double part = place - below;
    return low == high ? low : low * (1 - part) + high * part;
  }

  /** Returns the width of the middle half; if it has none, of all but two in a hundred. */
  double spread() {
    return p75 > p25 ? p75 - p25 : p99 - p01;
  }

  /**
   * Returns by how many spreads of a baseline mean or median has moved, whichever moved more; null
   * if the baseline has no spread.
   */
  Double change(Distribution baseline) {
    double ofMean = (mean - baseline.mean) / baseline.spread();
    double ofMedian = (p50 - baseline.p50) / baseline.spread();
    double change = Math.abs(ofMean) > Math.abs(ofMedian) ? ofMean : ofMedian;
    return Double.isFinite(change) ? change : null;
  }
}
