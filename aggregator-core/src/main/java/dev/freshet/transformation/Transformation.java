package dev.freshet.transformation;

/**
 * A feature computed from the values that a last-N window holds: a pure function of its input.
 *
 * <p>An instance has no state and is safe for use by several threads.
 */
public interface Transformation {

  /** The feature's name in lower snake case, such as {@code p90}; unique in its feature group. */
  String name();

  /**
   * The formula, for people to read, such as {@code Σ x / n}: {@code x} are the values held, {@code
   * n} is their number.
   */
  String formula();

  /**
   * Computes the feature's value.
   *
   * @param samples the values held, oldest first; at least one
   * @return the value, or NaN if the definition has none (the feature is then absent)
   */
  double apply(Samples samples);
}
