package dev.freshet.quality.drift;

import dev.freshet.quality.drift.WatchedFeature.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The values of one feature, each of another entity or row. Of more than it holds, it keeps a
 * sample in which each has the same chance (Vitter's algorithm R).
 */
final class Observations {

  /** The most values that are held. */
  static final int MOST = 50_000;

  /** Longer texts are cut, as a baseline keeps the frequent ones. */
  private static final int MOST_CHARACTERS = 256;

  private final Kind kind;
  private final RandomGenerator random;
  private double[] numbers = new double[16];
  private String[] texts = new String[0];
  private long seen;

  /**
   * @param random chooses what is kept of more than {@link #MOST} values
   */
  Observations(Kind kind, RandomGenerator random) {
    this.kind = kind;
    this.random = random;
  }

  /**
   * Adds the text of a field; one that is not of the feature's kind counts as absent.
   *
   * @param text null if absent
   */
  void addField(String text, long nowMillis) {
    if (kind == Kind.AGE) {
      addNumber((nowMillis - number(text)) / 1e3);
    } else {
      add(text);
    }
  }

  /** Adds the value of a row, whose ages are seconds already; null if absent. */
  void add(String text) {
    if (kind == Kind.TEXT) {
      addText(text);
    } else {
      addNumber(number(text));
    }
  }

  private void addNumber(double number) {
    int place = place();
    if (place >= 0) {
      numbers = place < numbers.length ? numbers : Arrays.copyOf(numbers, 2 * place);
      numbers[place] = Double.isFinite(number) ? number + 0.0 : Double.NaN; // no negative zero
    }
  }

  private void addText(String text) {
    int place = place();
    if (place >= 0) {
      texts = place < texts.length ? texts : Arrays.copyOf(texts, 2 * place + 16);
      boolean isLong = text != null && text.length() > MOST_CHARACTERS;
      texts[place] = isLong ? text.substring(0, MOST_CHARACTERS) + "…" : text;
    }
  }

  /** Returns where the next value goes; negative if it is not kept. */
  private int place() {
    seen++;
    long place = seen <= MOST ? seen - 1 : random.nextLong(seen);
    return place < MOST ? (int) place : -1;
  }

  private static double number(String text) {
    try {
      return text == null ? Double.NaN : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Returns how many values are held, absent ones included. */
  int size() {
    return (int) Math.min(seen, MOST);
  }

  /** Returns the numbers that are not absent, in ascending order. */
  double[] sorted() {
    double[] sorted =
        kind == Kind.TEXT
            ? new double[0]
            : Arrays.stream(numbers, 0, size()).filter(each -> !Double.isNaN(each)).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Returns how often each text occurs. */
  Map<String, Integer> texts() {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < size() && kind == Kind.TEXT; i++) {
      if (texts[i] != null) {
        counts.merge(texts[i], 1, Integer::sum);
      }
    }
    return counts;
  }
}
