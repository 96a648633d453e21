package dev.freshet.aggregation;

/** The value of a feature that is absent. */
public final class Absent {

  public static final double VALUE = Double.NaN;

  private Absent() {}

  /** Returns the value, or absent if extreme values made the arithmetic overflow. */
  public static double unlessFinite(double value) {
    return Double.isFinite(value) ? value : VALUE;
  }
}
