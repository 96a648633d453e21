package dev.freshet.benchmarks.jmh;

import dev.freshet.transformation.Samples;
import dev.freshet.transformation.Transformation;
import dev.freshet.transformation.Transformations;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Each transformation of values that were just read: what one transformation leaves is not there.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TransformationBenchmark {

  private static final Map<String, Transformation> OFFERED =
      Stream.of(
              Transformations.count(),
              Transformations.mean(),
              Transformations.variance(),
              Transformations.stddev(),
              Transformations.min(),
              Transformations.max(),
              Transformations.percentile(90),
              Transformations.rollingMean(5),
              Transformations.ewma(),
              Transformations.slope(),
              Transformations.dominantFrequency(),
              Transformations.spectralEntropy())
          .collect(Collectors.toMap(Transformation::name, each -> each));

  @Param({
    "count",
    "mean",
    "variance",
    "stddev",
    "min",
    "max",
    "p90",
    "rolling_mean_5",
    "ewma",
    "slope",
    "dominant_frequency",
    "spectral_entropy"
  })
  private String name;

  @Param({"50", "1000"})
  private int held;

  private Transformation transformation;
  private double[] values;

  /** Values of a seed. */
  @Setup
  public void setUp() {
    transformation = OFFERED.get(name);
    values = new SplittableRandom(1).doubles(held, 3, 90).toArray();
  }

  @Benchmark
  public double transform() {
    return transformation.apply(Samples.of(values));
  }
}
