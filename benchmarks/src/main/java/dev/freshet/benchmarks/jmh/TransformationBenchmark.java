package dev.freshet.benchmarks.jmh;

import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Samples;
import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.Aggregates;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Each aggregation of values that were just read: what one aggregation leaves is not there. */
@State(Scope.Benchmark)
public class TransformationBenchmark {

  /** The aggregations that are measured. */
  public enum Offered {
    COUNT(Aggregates.count()),
    MEAN(Aggregates.mean()),
    VARIANCE(Aggregates.variance()),
    STDDEV(Aggregates.stddev()),
    MIN(Aggregates.min()),
    MAX(Aggregates.max()),
    P90(Aggregates.percentile(90)),
    ROLLING_MEAN_5(Aggregates.rollingMean(5)),
    EWMA(Aggregates.ewma()),
    SLOPE(Aggregates.slope()),
    DOMINANT_FREQUENCY(Aggregates.dominantFrequency()),
    SPECTRAL_ENTROPY(Aggregates.spectralEntropy());

    @SuppressWarnings("ImmutableEnumChecker") // it has no state
    private final Aggregation aggregation;

    Offered(OfEvents aggregate) {
      this.aggregation = aggregate.aggregation();
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
  public double aggregate() {
    return name.aggregation.apply(Samples.of(values));
  }
}
