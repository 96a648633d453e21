package dev.freshet.transformation;

/**
 * A feature computed from the values that a last-N window holds: a pure function of its input.
 *
 * <p>The same instance serves many threads and keeps no state between calls.
 */
public interface Transformation {

  /** The feature's name in lower snake case, such as {@code p90}; unique in its feature group. */
  String name();

  /**
   * How the value follows, for people to read: {@code x} are the values held, {@code n} is their
   * number, such as {@code Σ x / n}.
   */
  String formula();

  /**
   * The feature's value.
   *
   * @param samples the values held, oldest first; at least one
   * @return the value, or NaN where the definition has none (the feature is then absent)
   */
  double apply(Samples samples);
}
