package dev.freshet.definition;

import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Count;
import dev.freshet.aggregation.Distinct;
import dev.freshet.aggregation.Edge;
import dev.freshet.aggregation.EdgeTime;
import dev.freshet.aggregation.Extreme;
import dev.freshet.aggregation.Mean;
import dev.freshet.aggregation.Percentile;
import dev.freshet.aggregation.Sum;
import dev.freshet.aggregation.Top;
import dev.freshet.aggregation.Variance;
import dev.freshet.aggregation.sequence.DecayedMean;
import dev.freshet.aggregation.sequence.DominantFrequency;
import dev.freshet.aggregation.sequence.Ewma;
import dev.freshet.aggregation.sequence.RollingMean;
import dev.freshet.aggregation.sequence.Slope;
import dev.freshet.aggregation.sequence.SpectralEntropy;
import dev.freshet.definition.Aggregate.Entered;
import dev.freshet.definition.Aggregate.OfEvents;
import java.time.Duration;

/**
 * The features that a group can compute over its windows.
 *
 * <p>A feature is named after its aggregation: {@code rollingMean(5)} gives {@code rolling_mean_5}.
 * A name in front tells several apart: {@code mean("amount")} over 60 minutes gives {@code
 * amount_mean_60m}, and {@code count("created")} gives {@code created_60m}. A feature is absent if
 * its definition has no value.
 *
 * <p>An aggregation without {@code of(input)} uses the group's value.
 */
public final class Aggregates {

  private Aggregates() {}

  /** Returns a feature of any aggregation, such as one of your own. */
  public static OfEvents by(Aggregation aggregation) {
    return OfEvents.of(aggregation);
  }

  /** {@code count}: the number of events. */
  public static OfEvents count() {
    return by(new Count());
  }

  /** {@code <name>}: the number of events. */
  public static OfEvents count(String name) {
    return OfEvents.of(new Count(), name);
  }

  /** Counts the items that entered a stage; the feature is named after it. */
  public static Entered entered(Stage stage) {
    return new Entered(stage);
  }

  /** {@code sum}: the exact decimal sum, 0 of nothing. */
  public static OfEvents sum() {
    return by(new Sum());
  }

  /** {@code <name>_sum}: the exact decimal sum, 0 of nothing. */
  public static OfEvents sum(String name) {
    return OfEvents.of(new Sum(), name);
  }

  /** {@code mean}: the arithmetic mean. */
  public static OfEvents mean() {
    return by(new Mean());
  }

  /** {@code <name>_mean}: the arithmetic mean. */
  public static OfEvents mean(String name) {
    return OfEvents.of(new Mean(), name);
  }

  /** {@code variance}: the sample variance (n − 1), from 2 values on. */
  public static OfEvents variance() {
    return by(new Variance(false));
  }

  /** {@code stddev}: the sample standard deviation (n − 1), from 2 values on. */
  public static OfEvents stddev() {
    return by(new Variance(true));
  }

  /** {@code min}: the smallest value. */
  public static OfEvents min() {
    return by(new Extreme(false));
  }

  /** {@code max}: the greatest value. */
  public static OfEvents max() {
    return by(new Extreme(true));
  }

  /**
   * {@code p90} for 90: the percentile with linear interpolation, NumPy's default.
   *
   * @throws IllegalArgumentException unless {@code percent} is 0 to 100
   */
  public static OfEvents percentile(int percent) {
    return by(new Percentile(percent));
  }

  /** {@code distinct}: the number of different values. */
  public static OfEvents distinct() {
    return by(new Distinct());
  }

  /** {@code first}: the value of the first event. */
  public static OfEvents first() {
    return by(new Edge(false));
  }

  /** {@code latest}: the value of the latest event. */
  public static OfEvents latest() {
    return by(new Edge(true));
  }

  /** {@code <name>_at}: the time of the first event, in epoch milliseconds. */
  public static OfEvents firstAt(String name) {
    return OfEvents.of(new EdgeTime(false), name);
  }

  /** {@code <name>_at}: the time of the latest event, in epoch milliseconds. */
  public static OfEvents latestAt(String name) {
    return OfEvents.of(new EdgeTime(true), name);
  }

  /** {@code top_3} for 3: the most frequent texts, as a JSON array. */
  public static OfEvents top(int k) {
    return by(new Top(k));
  }

  /**
   * {@code rolling_mean_5} for 5: the mean of the newest {@code k} values, from k values on.
   *
   * @throws IllegalArgumentException unless {@code k} is at least 1
   */
  public static OfEvents rollingMean(int k) {
    return by(new RollingMean(k));
  }

  /** {@code ewma}: the exponentially weighted mean, α = 0.2, weights normalised. */
  public static OfEvents ewma() {
    return ewma(Ewma.USUAL_ALPHA);
  }

  /** {@code ewma_0_5} for 0.5: the exponentially weighted mean with another α. */
  public static OfEvents ewma(double alpha) {
    return by(new Ewma(alpha));
  }

  /** {@code decayed_mean}: the mean with weights that halve with each half-life of age. */
  public static OfEvents decayedMean(Duration halfLife) {
    return by(new DecayedMean(halfLife));
  }

  /** {@code slope}: the least-squares trend per event, from 2 values on. */
  public static OfEvents slope() {
    return by(new Slope());
  }

  /**
   * {@code dominant_frequency}: the strongest oscillation, in cycles per event, from 8 values on
   * unless all are equal.
   */
  public static OfEvents dominantFrequency() {
    return by(new DominantFrequency());
  }

  /**
   * {@code spectral_entropy}: 0 for one pure oscillation to 1 for white noise, from 8 values on
   * unless all are equal.
   */
  public static OfEvents spectralEntropy() {
    return by(new SpectralEntropy());
  }
}
