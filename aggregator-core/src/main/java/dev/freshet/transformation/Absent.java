package dev.freshet.transformation;

/** The value of a feature that is absent. */
final class Absent {

  static final double VALUE = Double.NaN;

  private Absent() {}

  /** Returns the value, or absent if extreme values made the arithmetic overflow. */
  static double unlessFinite(double value) {
    return Double.isFinite(value) ? value : VALUE;
  }
}
