package dev.freshet.benchmarks.jmh;

import dev.freshet.transformation.Samples;
import dev.freshet.transformation.Transformation;
import dev.freshet.transformation.Transformations;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Each transformation of values that were just read: what one transformation leaves is not there.
 */
@State(Scope.Benchmark)
public class TransformationBenchmark {

  /** The transformations that are measured. */
  public enum Offered {
    COUNT(Transformations.count()),
    MEAN(Transformations.mean()),
    VARIANCE(Transformations.variance()),
    STDDEV(Transformations.stddev()),
    MIN(Transformations.min()),
    MAX(Transformations.max()),
    P90(Transformations.percentile(90)),
    ROLLING_MEAN_5(Transformations.rollingMean(5)),
    EWMA(Transformations.ewma()),
    SLOPE(Transformations.slope()),
    DOMINANT_FREQUENCY(Transformations.dominantFrequency()),
    SPECTRAL_ENTROPY(Transformations.spectralEntropy());

    @SuppressWarnings("ImmutableEnumChecker") // it has no state
    private final Transformation transformation;

    Offered(Transformation transformation) {
      this.transformation = transformation;
    }
  }

  @Param private Offered name;

  @Param({"50", "1000"})
  private int held;

  private double[] values;

  /** Values of a seed. */
  @Setup
  public void setUp() {
    values = new SplittableRandom(1).doubles(held, 3, 90).toArray();
  }

  @Benchmark
  public double transform() {
    return name.transformation.apply(Samples.of(values));
  }
}
