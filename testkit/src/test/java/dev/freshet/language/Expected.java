package dev.freshet.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.testdriver.FeatureTestDriver;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Compares all features of an entity with those expected. */
final class Expected {

  private static final double RELATIVE = 1e-14;

  private Expected() {}

  /**
   * Fails unless an entity has exactly these features.
   *
   * @param namesAndValues a name, its number or text, and so on
   */
  static void features(FeatureTestDriver driver, String entity, Object... namesAndValues) {
    Map<String, Object> expected = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      expected.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    Set<String> texts = new LinkedHashSet<>();
    expected.forEach(
        (name, value) -> {
          if (value instanceof String text) {
            texts.add(name);
            assertThat(driver.text(entity, name)).as(name).hasValue(text);
          } else {
            double number = ((Number) value).doubleValue();
            assertThat(driver.feature(entity, name)).as(name).isPresent();
            assertThat(driver.feature(entity, name).getAsDouble())
                .as(name)
                .isCloseTo(number, within(Math.abs(number) * RELATIVE));
          }
        });
    Set<String> numbers = new LinkedHashSet<>(expected.keySet());
    numbers.removeAll(texts);
    assertThat(driver.features(entity).keySet()).isEqualTo(numbers);
  }
}
