package dev.freshet.oracle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Textbook statistics of a list of values, oldest first. */
final class OracleStatistics {

  private final double[] x;

  OracleStatistics(double[] x) {
    this.x = x;
  }

  static Map<String, Double> of(double[] values, String... names) {
    Map<String, Double> features = new LinkedHashMap<>();
    if (values.length > 0) {
      for (String name : names) {
        double value = new OracleStatistics(values).value(name);
        if (Double.isFinite(value)) {
          features.put(name, value);
        }
      }
    }
    return features;
  }

  double value(String name) {
    return switch (name) {
      case "count" -> x.length;
      case "mean" -> mean(x);
      case "variance" -> variance();
      case "stddev" -> Math.sqrt(variance());
      case "min" -> Arrays.stream(x).min().orElseThrow();
      case "max" -> Arrays.stream(x).max().orElseThrow();
      case "ewma" -> ewma(0.2);
      case "slope" -> slope();
      case "dominant_frequency" -> dominantFrequency();
      case "spectral_entropy" -> spectralEntropy();
      default -> numbered(name);
    };
  }

  /** Such as {@code p90} and {@code rolling_mean_5}. */
  private double numbered(String name) {
    int number = Integer.parseInt(name.replaceAll("\\D", ""));
    return switch (name.replaceAll("\\d", "")) {
      case "p" -> percentile(number / 100.0);
      case "rolling_mean_" -> rollingMean(number);
      default -> throw new IllegalArgumentException("no such statistic: " + name);
    };
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private double variance() {
    double mean = mean(x);
    return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
  }

  double percentile(double q) {
    double[] sorted = Arrays.stream(x).sorted().toArray();
    double position = q * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = (int) Math.ceil(position);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  double rollingMean(int k) {
    return x.length < k ? Double.NaN : mean(Arrays.copyOfRange(x, x.length - k, x.length));
  }

  double ewma(double alpha) {
    double weighted = 0;
    double weights = 0;
    for (int age = 0; age < x.length; age++) {
      double weight = Math.pow(1 - alpha, age);
      weighted += weight * x[x.length - 1 - age];
      weights += weight;
    }
    return weighted / weights;
  }

  private double slope() {
    double meanIndex = (x.length - 1) / 2.0;
    double mean = mean(x);
    double above =
        IntStream.range(0, x.length).mapToDouble(i -> (i - meanIndex) * (x[i] - mean)).sum();
    double below =
        IntStream.range(0, x.length).mapToDouble(i -> (i - meanIndex) * (i - meanIndex)).sum();
    return x.length < 2 ? Double.NaN : above / below;
  }

  private double[] powers() {
    int n = x.length;
    double mean = mean(x);
    double[] powers = new double[n / 2];
    for (int k = 1; k <= n / 2; k++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < n; i++) {
        re += (x[i] - mean) * Math.cos(2 * Math.PI * k * i / n);
        im -= (x[i] - mean) * Math.sin(2 * Math.PI * k * i / n);
      }
      powers[k - 1] = (re * re + im * im) / n * (2 * k == n ? 1 : 2);
    }
    return powers;
  }

  private boolean hasSpectrum() {
    return x.length >= 8 && Arrays.stream(x).distinct().count() > 1;
  }

  private double dominantFrequency() {
    double[] powers = powers();
    double greatest = Arrays.stream(powers).max().orElse(0);
    return !hasSpectrum()
        ? Double.NaN
        : IntStream.range(0, powers.length)
            .filter(k -> powers[k] >= greatest * (1 - 1e-9))
            .mapToDouble(k -> (k + 1.0) / x.length)
            .findFirst()
            .orElseThrow();
  }

  private double spectralEntropy() {
    double[] powers = powers();
    double total = Arrays.stream(powers).sum();
    double entropy =
        -Arrays.stream(powers)
            .map(power -> power / total)
            .filter(p -> p > 0)
            .map(p -> p * Math.log(p))
            .sum();
    return hasSpectrum() ? entropy / Math.log(powers.length) : Double.NaN;
  }
}
