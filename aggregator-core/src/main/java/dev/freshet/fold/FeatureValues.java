package dev.freshet.fold;

import java.util.Arrays;
import java.util.Objects;

/** The values of features, each a number, a text, or absent. */
public final class FeatureValues {

  private final double[] numbers;
  private String[] texts;

  /** Creates values that are all absent. */
  public FeatureValues(int features) {
    numbers = new double[features];
    Arrays.fill(numbers, Double.NaN);
  }

  /** Creates values that are all numbers; NaN for an absent one. The array is not copied. */
  public static FeatureValues of(double... numbers) {
    return new FeatureValues(numbers, null);
  }

  private FeatureValues(double[] numbers, String[] texts) {
    this.numbers = numbers;
    this.texts = texts;
  }

  /** Returns the number of features. */
  public int size() {
    return numbers.length;
  }

  /** Sets a number; NaN and infinities are absent. */
  public void set(int index, double number) {
    numbers[index] = Double.isFinite(number) ? number : Double.NaN;
    if (texts != null) {
      texts[index] = null;
    }
  }

  /** Sets a text; null is absent. */
  public void set(int index, String text) {
    numbers[index] = Double.NaN;
    if (texts == null) {
      texts = new String[numbers.length];
    }
    texts[index] = text;
  }

  /** Returns a number; NaN if the feature is absent or a text. */
  public double number(int index) {
    return numbers[index];
  }

  /** Returns a text; null if the feature is absent or a number. */
  public String text(int index) {
    return texts == null ? null : texts[index];
  }

  /** Returns whether a feature has a value. */
  public boolean isPresent(int index) {
    return !Double.isNaN(numbers[index]) || text(index) != null;
  }

  /** Copies some values from others. */
  public void copy(int from, FeatureValues source, int to, int count) {
    System.arraycopy(source.numbers, from, numbers, to, count);
    if (source.texts != null) {
      texts = texts == null ? new String[numbers.length] : texts;
      System.arraycopy(source.texts, from, texts, to, count);
    }
  }

  /** Returns the value at each of some places; a negative place gives an absent one. */
  public FeatureValues at(int[] places) {
    double[] chosen = new double[places.length];
    String[] chosenTexts = texts == null ? null : new String[places.length];
    for (int i = 0; i < places.length; i++) {
      chosen[i] = places[i] < 0 ? Double.NaN : numbers[places[i]];
      if (texts != null && places[i] >= 0) {
        chosenTexts[i] = texts[places[i]];
      }
    }
    return new FeatureValues(chosen, chosenTexts);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof FeatureValues that) || that.size() != size()) {
      return false;
    }
    for (int i = 0; i < numbers.length; i++) {
      if (Double.compare(numbers[i], that.numbers[i]) != 0
          || !Objects.equals(text(i), that.text(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < numbers.length; i++) {
      text.append(i == 0 ? "" : ", ").append(text(i) == null ? numbers[i] : text(i));
    }
    return text.append(']').toString();
  }
}
