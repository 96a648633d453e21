package dev.freshet.quality.drift;

import java.util.List;
import java.util.Map;

/**
 * The values of features that are served now, beside their baselines.
 *
 * @param at when the values were read, RFC 3339
 * @param keys how many keys the feature store had
 * @param draws how many keys were drawn one by one; 0 if the store was read as a whole
 * @param entities how many entities of each dimension were drawn
 */
public record DriftReport(
    String at, long keys, int draws, Map<String, Integer> entities, List<FeatureDrift> features) {

  /** Returns the features whose stability index is over a bound, and not by chance. */
  public List<FeatureDrift> over(double psi) {
    return features.stream().filter(each -> each.isOver(psi)).toList();
  }
}
