package dev.freshet.quality.drift;

import java.util.Locale;

/**
 * The values of a feature now, beside its baseline.
 *
 * @param baseline null if it has none
 * @param psi the population stability index; null without a baseline, or with too few values
 * @param noise the index that chance alone exceeds once in a thousand times; null without baseline
 * @param change by how many spreads of the baseline (its middle half) mean or median has moved,
 *     whichever moved more; null without numbers, a baseline or a spread
 * @param absentChange the share of absent values less that of the baseline; null without one
 * @param reading of the index
 */
public record FeatureDrift(
    String feature,
    String featureGroup,
    String dimension,
    Profile now,
    Profile baseline,
    Double psi,
    Double noise,
    Double change,
    Double absentChange,
    Reading reading) {

  /** Below this many values, an index says nothing. */
  static final int LEAST_VALUES = 100;

  private static final double MOVED = 0.1;
  private static final double SHIFTED = 0.25;

  /** The usual reading of an index; one that chance may cause is stable. */
  public enum Reading {
    NO_BASELINE,
    TOO_FEW,
    STABLE,
    MOVED,
    SHIFTED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * @param baseline null if there is none
   */
  static FeatureDrift of(WatchedFeature feature, Observations observed, Baseline baseline) {
    Profile now = Profile.of(feature.kind(), observed);
    if (baseline == null) {
      return of(feature, now, null, null, Reading.NO_BASELINE);
    }
    StabilityIndex index =
        StabilityIndex.of(baseline.countsInBins(), baseline.bins().count(observed));
    int fewest = Math.min(now.values(), baseline.profile().values());
    boolean isTooFew = fewest < LEAST_VALUES || index.noise() > SHIFTED;
    return of(
        feature,
        now,
        baseline.profile(),
        isTooFew ? null : index,
        isTooFew ? Reading.TOO_FEW : reading(index));
  }

  private static FeatureDrift of(
      WatchedFeature feature,
      Profile now,
      Profile baseline,
      StabilityIndex index,
      Reading reading) {
    boolean hasNumbers = baseline != null && baseline.numbers() != null && now.numbers() != null;
    return new FeatureDrift(
        feature.name(),
        feature.group(),
        feature.dimension(),
        now,
        baseline,
        index == null ? null : index.value(),
        index == null ? null : index.noise(),
        hasNumbers ? now.numbers().change(baseline.numbers()) : null,
        baseline == null ? null : now.absent() - baseline.absent(),
        reading);
  }

  private static Reading reading(StabilityIndex index) {
    if (index.value() <= Math.max(MOVED, index.noise())) {
      return Reading.STABLE;
    }
    return index.value() > SHIFTED ? Reading.SHIFTED : Reading.MOVED;
  }

  /** Returns whether the index is over a bound, and not by chance. */
  boolean isOver(double bound) {
    return psi != null && psi > Math.max(bound, noise);
  }
}
