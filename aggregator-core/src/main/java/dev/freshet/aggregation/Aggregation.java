package dev.freshet.aggregation;

import java.util.Set;

/**
 * A value computed from the events that a feature sees: a pure function of its input.
 *
 * <p>An instance has no state and is safe for use by several threads. To add an aggregation, write
 * a class that implements this interface; {@code Aggregates.by} takes it into a declaration.
 */
public interface Aggregation {

  /** The feature's name in lower snake case, such as {@code p90}; a window adds its label. */
  String name();

  /**
   * The formula, for people to read, such as {@code Σ x / n}: {@code x} are the values seen, {@code
   * n} is their number.
   */
  String formula();

  /**
   * Computes the feature's value.
   *
   * @param samples the values, oldest first; at least one
   * @return the value, or NaN if the definition has none (the feature is then absent)
   */
  double apply(Samples samples);

  /** The value of a window without events; NaN for most: the feature is then absent. */
  default double ofNothing() {
    return Double.NaN;
  }

  /** Returns whether the feature is a text if its input is one, or is always one. */
  default boolean givesText(boolean ofText) {
    return false;
  }

  /**
   * Computes a feature that is a text.
   *
   * @param samples the values, oldest first; at least one
   * @return null if the definition has no value
   */
  default String applyAsText(Samples samples) {
    throw new UnsupportedOperationException(name() + " gives no text");
  }

  /** Which inputs it takes. */
  default Takes takes() {
    return Takes.NUMBERS;
  }

  /**
   * Returns whether it looks at the values one after another, so that only last-N windows offer it.
   */
  default boolean isOfSequence() {
    return false;
  }

  /**
   * Returns what it needs to know of events that are held merged, in windows that move in hops or
   * are of a lifetime; empty if such windows do not offer it.
   */
  default Set<Summary> overTiles() {
    return Set.of();
  }

  /** The ending of the feature's name, after the label of its window. */
  default String ending() {
    return "";
  }

  /** The inputs that an aggregation takes. */
  enum Takes {
    /** Events; an input only decides which of them count. */
    EVENTS,
    NUMBERS,
    TEXTS,
    NUMBERS_OR_TEXTS
  }
}
