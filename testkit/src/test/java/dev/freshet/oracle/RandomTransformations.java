package dev.freshet.oracle;

import dev.freshet.transformation.Transformation;
import dev.freshet.transformation.Transformations;
import java.util.List;
import java.util.stream.Stream;

/** The transformations that a random declaration draws from. */
final class RandomTransformations {

  private static final List<Transformation> STEADY =
      List.of(
          Transformations.count(),
          Transformations.mean(),
          Transformations.min(),
          Transformations.max(),
          Transformations.percentile(0),
          Transformations.percentile(37),
          Transformations.percentile(90),
          Transformations.percentile(100),
          Transformations.rollingMean(1),
          Transformations.rollingMean(5),
          Transformations.ewma());

  /**
   * Of great values they lose more digits than a comparison with another way of rounding allows.
   */
  private static final List<Transformation> OF_SMALL_VALUES =
      List.of(
          Transformations.variance(),
          Transformations.stddev(),
          Transformations.slope(),
          Transformations.dominantFrequency(),
          Transformations.spectralEntropy());

  private RandomTransformations() {}

  static List<Transformation> fit(boolean hasGreatAmounts) {
    return hasGreatAmounts
        ? STEADY
        : Stream.of(STEADY, OF_SMALL_VALUES).flatMap(List::stream).toList();
  }

  static Transformation[] declared(List<Transformation> drawn) {
    return drawn.toArray(Transformation[]::new);
  }
}
