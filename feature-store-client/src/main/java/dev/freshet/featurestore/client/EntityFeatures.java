package dev.freshet.featurestore.client;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The features of one entity.
 *
 * @param texts the values in the order asked for, numbers in decimal; an absent feature has no
 *     entry
 * @param ages the ages of the values by the name of their feature group; a group that has never
 *     seen the entity has no entry
 * @param unanswered the groups whose history could not be asked, and why: their features are
 *     unknown, not absent
 */
public record EntityFeatures(
    String dimension,
    String value,
    Map<String, String> texts,
    Map<String, Age> ages,
    Map<String, String> unanswered) {

  /**
   * Returns the values of features that are numbers.
   *
   * @throws IllegalArgumentException if a feature is a text
   */
  public Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    texts.forEach((name, text) -> numbers.put(name, number(name, text)));
    return numbers;
  }

  private static Double number(String name, String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is a text, '%s': read it with readTexts()".formatted(name, text), e);
    }
  }

  /** Returns this, unless a group's history could not be asked. */
  EntityFeatures requireAnswered() {
    unanswered.forEach(
        (group, why) -> {
          throw new FeatureStoreException(
              "history of %s: %s; the features of %s '%s' are unknown"
                  .formatted(group, why, dimension, value),
              null);
        });
    return this;
  }
}
