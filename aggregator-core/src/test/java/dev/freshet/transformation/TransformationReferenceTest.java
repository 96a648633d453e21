package dev.freshet.transformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every transformation against NumPy and SciPy; {@code src/test/python/transformation_reference.py}
 * writes the values that are expected.
 */
class TransformationReferenceTest {

  private static final double RELATIVE = 1e-9;

  /** Where the exact value is 0, NumPy and this code leave different rounding errors. */
  private static final double ROUNDING = 1e-12;

  private static final List<Transformation> TRANSFORMATIONS =
      Stream.of(
              Stream.of(Transformations.count(), Transformations.mean()),
              Stream.of(Transformations.variance(), Transformations.stddev()),
              Stream.of(Transformations.min(), Transformations.max()),
              IntStream.of(0, 7, 25, 50, 90, 99, 100).mapToObj(Transformations::percentile),
              IntStream.of(1, 5, 10).mapToObj(Transformations::rollingMean),
              Stream.of(Transformations.ewma(), Transformations.slope()),
              Stream.of(Transformations.dominantFrequency(), Transformations.spectralEntropy()))
          .flatMap(group -> group)
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
    assertThat(TRANSFORMATIONS).hasSize(expected.size());
    for (Transformation transformation : TRANSFORMATIONS) {
      compare(transformation.name(), transformation.apply(samples), expected);
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
        TransformationReferenceTest.class.getResourceAsStream("/transformation-reference.json")) {
      return new ObjectMapper().readTree(json);
    }
  }
}
