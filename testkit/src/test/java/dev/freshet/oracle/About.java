package dev.freshet.oracle;

import java.util.List;

/**
 * A number that is computed with rounding.
 *
 * @param tolerance how far off another way of computing it may be
 * @param of the samples that it is computed from
 */
record About(double value, double tolerance, List<About.Sample> of) {

  boolean fits(double found) {
    return Math.abs(found - value) <= tolerance;
  }

  /** An event that an aggregation sees, and its input; null if it needs none. */
  record Sample(OracleEvent event, Object value) {}
}
