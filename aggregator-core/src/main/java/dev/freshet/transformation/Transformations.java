package dev.freshet.transformation;

/**
 * The transformations that a feature group can apply to its last N values.
 *
 * <p>The name of the method gives the name of the feature: {@code rollingMean(5)} gives {@code
 * rolling_mean_5}. A feature is absent if its definition has no value.
 */
public final class Transformations {

  private Transformations() {}

  /** {@code count}: the number of values held. */
  public static Transformation count() {
    return new Count();
  }

  /** {@code mean}: the arithmetic mean. */
  public static Transformation mean() {
    return new Mean();
  }

  /** {@code variance}: the sample variance (n − 1), from 2 values on. */
  public static Transformation variance() {
    return new Variance();
  }

  /** {@code stddev}: the sample standard deviation (n − 1), from 2 values on. */
  public static Transformation stddev() {
    return new Stddev();
  }

  /** {@code min}: the smallest value. */
  public static Transformation min() {
    return new Min();
  }

  /** {@code max}: the greatest value. */
  public static Transformation max() {
    return new Max();
  }

  /**
   * {@code p90} for 90: the percentile with linear interpolation, NumPy's default.
   *
   * @throws IllegalArgumentException unless {@code percent} is 0 to 100
   */
  public static Transformation percentile(int percent) {
    return new Percentile(percent);
  }

  /**
   * {@code rolling_mean_5} for 5: the mean of the newest {@code k} values, from k values on.
   *
   * @throws IllegalArgumentException unless {@code k} is at least 1
   */
  public static Transformation rollingMean(int k) {
    return new RollingMean(k);
  }

  /** {@code ewma}: the exponentially weighted mean, α = 0.2, weights normalised. */
  public static Transformation ewma() {
    return new Ewma();
  }

  /** {@code slope}: the least-squares trend per event, from 2 values on. */
  public static Transformation slope() {
    return new Slope();
  }

  /**
   * {@code dominant_frequency}: the strongest oscillation, in cycles per event, from 8 values on
   * unless all are equal.
   */
  public static Transformation dominantFrequency() {
    return new DominantFrequency();
  }

  /**
   * {@code spectral_entropy}: 0 for one pure oscillation to 1 for white noise, from 8 values on
   * unless all are equal.
   */
  public static Transformation spectralEntropy() {
    return new SpectralEntropy();
  }
}
