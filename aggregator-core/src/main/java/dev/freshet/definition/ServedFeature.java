package dev.freshet.definition;

/**
 * A feature that a {@link FeatureService} lists, and its default.
 *
 * @param dimension the name of the entity that it describes
 * @param featureGroup the name of its group
 * @param name its name in the group
 * @param isText whether its value is a text, not a number
 * @param number the default of a number; NaN if it has none, or is a text
 * @param text the default of a text; null if it has none, or is a number
 */
public record ServedFeature(
    String dimension,
    String featureGroup,
    String name,
    boolean isText,
    double number,
    String text) {

  /** Its field in the feature store, and its column in training rows. */
  public String field() {
    return featureGroup + ":" + name;
  }

  public boolean hasDefault() {
    return text != null || !Double.isNaN(number);
  }

  ServedFeature orElse(double newNumber, String newText) {
    return new ServedFeature(dimension, featureGroup, name, isText, newNumber, newText);
  }
}
