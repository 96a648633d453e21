package dev.freshet.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.oracle.About.Sample;
import dev.freshet.oracle.PlainFeature.OfEvents;
import dev.freshet.oracle.PlainFeature.What;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An aggregation, straight from its definition. Whatever is exact is computed in decimals; the rest
 * from the exact differences of the values to the first, so that it loses no digits.
 */
final class OracleAggregation {

  private static final MathContext DIGITS = new MathContext(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double ROUNDING = 1e-9;
  private static final double LAST_DIGITS = 1e-11;

  private final OfEvents feature;
  private final List<Sample> samples;

  private OracleAggregation(OfEvents feature, List<Sample> samples) {
    this.feature = feature;
    this.samples = samples;
  }

  /**
   * Returns a Double, a String, a number that is {@link About} right, or null if there is no value.
   *
   * @param samples oldest first
   */
  static Object of(OfEvents feature, List<Sample> samples) {
    if (samples.isEmpty()) {
      return feature.what() == What.COUNT || feature.what() == What.SUM ? (Object) 0.0 : null;
    }
    return new OracleAggregation(feature, samples).value();
  }

  private Object value() {
    Sample first = samples.get(0);
    Sample latest = samples.get(samples.size() - 1);
    return switch (feature.what()) {
      case COUNT -> (double) samples.size();
      case SUM -> sum().doubleValue();
      case DISTINCT -> distinct();
      case PERCENTILE -> feature.window().isHistory() ? estimate() : about();
      case MIN -> numbers().min(Comparator.naturalOrder()).orElseThrow().doubleValue();
      case MAX -> numbers().max(Comparator.naturalOrder()).orElseThrow().doubleValue();
      case FIRST -> single(first.value());
      case LATEST -> single(latest.value());
      case FIRST_AT -> (double) first.event().occurredAt();
      case LATEST_AT -> (double) latest.event().occurredAt();
      case TOP -> top();
      case MEAN -> feature.window().isOverTime() ? (Object) mean() : about();
      default -> about();
    };
  }

  private double distinct() {
    List<Object> values = samples.stream().map(Sample::value).toList();
    return feature.window().isHistory()
        ? OracleEstimates.distinct(values)
        : values.stream().distinct().count();
  }

  /** The percentile of what a sketch knows of the values, each of which it knows to 1 %. */
  private Double estimate() {
    double[] ranked = OracleEstimates.ranked(numbers().toList());
    long hundredths = (ranked.length - 1L) * (long) feature.number();
    int rank = (int) (hundredths / 100);
    double fraction = hundredths % 100 / 100.0;
    requireAccurate(ranked);
    return fraction == 0
        ? ranked[rank]
        : ranked[rank] + fraction * (ranked[rank + 1] - ranked[rank]);
  }

  private void requireAccurate(double[] ranked) {
    double[] exact = numbers().mapToDouble(BigDecimal::doubleValue).sorted().toArray();
    for (int i = 0; i < exact.length; i++) {
      if (Math.abs(ranked[i] - exact[i]) > 0.0100001 * Math.abs(exact[i])) {
        throw new IllegalStateException("%s for %s".formatted(ranked[i], exact[i]));
      }
    }
  }

  private java.util.stream.Stream<BigDecimal> numbers() {
    return samples.stream().map(each -> (BigDecimal) each.value());
  }

  private BigDecimal sum() {
    return numbers().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private Double mean() {
    return sum().divide(BigDecimal.valueOf(samples.size()), DIGITS).doubleValue();
  }

  private static Object single(Object value) {
    return value instanceof BigDecimal number ? (Object) number.doubleValue() : value;
  }

  private String top() {
    Map<Object, Long> counts =
        samples.stream().collect(Collectors.groupingBy(Sample::value, Collectors.counting()));
    List<String> top =
        counts.keySet().stream()
            .map(String.class::cast)
            .sorted(
                Comparator.comparing((String text) -> -counts.get(text))
                    .thenComparing(text -> text.getBytes(UTF_8), Arrays::compareUnsigned))
            .limit((long) feature.number())
            .toList();
    try {
      return MAPPER.writeValueAsString(top);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private About about() {
    BigDecimal[] values =
        numbers()
            .map(each -> feature.window().isOverTime() ? each : new BigDecimal(each.doubleValue()))
            .toArray(BigDecimal[]::new);
    double[] above =
        Arrays.stream(values).mapToDouble(each -> each.subtract(values[0]).doubleValue()).toArray();
    double greatest = numbers().mapToDouble(each -> Math.abs(each.doubleValue())).max().orElse(0);
    double range = Arrays.stream(above).max().orElse(0) - Arrays.stream(above).min().orElse(0);
    OracleStatistics statistics = new OracleStatistics(above);
    double first = values[0].doubleValue();
    return switch (feature.what()) {
      case MEAN -> about(first + statistics.value("mean"), greatest);
      case PERCENTILE -> about(first + statistics.percentile(feature.number() / 100), greatest);
      case ROLLING_MEAN -> about(first + statistics.rollingMean((int) feature.number()), greatest);
      case EWMA -> about(first + statistics.ewma(feature.number()), greatest);
      case DECAYED_MEAN -> about(first + decayedMean(above), greatest);
      case VARIANCE -> about(statistics.value("variance"), 0);
      case STDDEV -> about(statistics.value("stddev"), 0);
      case SLOPE -> about(statistics.value("slope"), range);
      case DOMINANT_FREQUENCY -> about(statistics.value("dominant_frequency"), 0);
      case SPECTRAL_ENTROPY -> about(statistics.value("spectral_entropy"), 1);
      default -> throw new IllegalStateException(feature.what().name());
    };
  }

  /** Weights halve with each half-life of age, which is counted from the newest event seen. */
  private double decayedMean(double[] above) {
    long newest = samples.get(samples.size() - 1).event().occurredAt();
    double weighted = 0;
    double weights = 0;
    for (int i = 0; i < above.length; i++) {
      double halfLives = (newest - samples.get(i).event().occurredAt()) / feature.number();
      weighted += Math.pow(0.5, halfLives) * above[i];
      weights += Math.pow(0.5, halfLives);
    }
    return weighted / weights;
  }

  /** Null if the number is not finite. */
  private About about(double number, double scale) {
    double tolerance = ROUNDING * Math.abs(number) + LAST_DIGITS * scale;
    return Double.isFinite(number) ? new About(number, tolerance, samples) : null;
  }
}
