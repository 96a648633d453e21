package dev.freshet.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.Aggregates;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every aggregation of numbers against NumPy and SciPy; {@code
 * src/test/python/aggregation_reference.py} writes the values that are expected.
 */
class AggregationReferenceTest {

  private static final double RELATIVE = 1e-9;

  /** Where the exact value is 0, NumPy and this code leave different rounding errors. */
  private static final double ROUNDING = 1e-12;

  private static final List<Aggregation> AGGREGATIONS =
      Stream.of(
              Stream.of(Aggregates.count(), Aggregates.mean()),
              Stream.of(Aggregates.variance(), Aggregates.stddev()),
              Stream.of(Aggregates.min(), Aggregates.max()),
              IntStream.of(0, 7, 25, 50, 90, 99, 100).mapToObj(Aggregates::percentile),
              IntStream.of(1, 5, 10).mapToObj(Aggregates::rollingMean),
              Stream.of(Aggregates.ewma(), Aggregates.ewma(0.5), Aggregates.ewma(0.03)),
              Stream.of(Aggregates.decayedMean(Duration.ofMillis(3)), Aggregates.slope()),
              Stream.of(Aggregates.dominantFrequency(), Aggregates.spectralEntropy()))
          .flatMap(group -> group)
          .map(OfEvents::aggregation)
          .toList();

  @TestFactory
  Stream<DynamicTest> equalsNumPyAndSciPy() throws IOException {
    return StreamSupport.stream(reference().spliterator(), false)
        .map(
            sampleSet ->
                DynamicTest.dynamicTest(
                    sampleSet.get("name").textValue(), () -> compare(sampleSet)));
  }

  private static void compare(JsonNode sampleSet) {
    Samples samples = Samples.of(values(sampleSet.get("values")));
    JsonNode expected = sampleSet.get("features");
    assertThat(AGGREGATIONS).hasSize(expected.size());
    for (Aggregation each : AGGREGATIONS) {
      compare(each.name(), each.apply(samples), expected);
    }
  }

  private static void compare(String name, double actual, JsonNode features) {
    JsonNode expected = features.required(name);
    if (expected.isNull()) {
      assertThat(actual).as(name).isNaN();
    } else {
      double value = expected.doubleValue();
      assertThat(actual).as(name).isCloseTo(value, within(Math.abs(value) * RELATIVE + ROUNDING));
    }
  }

  private static double[] values(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .flatMapToDouble(value -> DoubleStream.of(value.doubleValue()))
        .toArray();
  }

  private static JsonNode reference() throws IOException {
    try (InputStream json =
        AggregationReferenceTest.class.getResourceAsStream("/aggregation-reference.json")) {
      return new ObjectMapper().readTree(json);
    }
  }
}
