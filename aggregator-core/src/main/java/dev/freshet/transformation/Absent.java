package dev.freshet.transformation;

/** What a transformation returns where its definition has no value. */
final class Absent {

  static final double VALUE = Double.NaN;

  private Absent() {}

  /** The value itself, or absent if values beyond all use made the arithmetic overflow. */
  static double unlessFinite(double value) {
    return Double.isFinite(value) ? value : VALUE;
  }
}
