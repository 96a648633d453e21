package dev.freshet.transformation;

/** The values of a last-N window, oldest first; immutable. */
public final class Samples {

  private final double[] values;

  private Samples(double[] values) {
    this.values = values;
  }

  /** The values, oldest first; the array is not copied and must not change any more. */
  public static Samples of(double... values) {
    return new Samples(values);
  }

  public int size() {
    return values.length;
  }

  /** The value at an index; 0 is the oldest. */
  public double get(int index) {
    return values[index];
  }
}
