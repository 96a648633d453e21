package dev.freshet.result;

import java.util.Collection;

/** The newest results of groups with history, in the store that keeps them for good. */
@FunctionalInterface
public interface ArchivedResults {

  /** The greatest number of keys of one call. */
  int MOST_KEYS = 100;

  /**
   * Reads the results of some entities. The wait is bounded.
   *
   * @param keys at most {@link #MOST_KEYS}, all different
   * @return a result for each key that has one, in any order
   * @throws RuntimeException if the store does not answer for all keys; the message says why
   */
  Collection<FeatureResult> read(Collection<Key> keys);

  /** The name of a group, and the id of an entity. */
  record Key(String featureGroup, String entity) {

    /** Returns the key of a result. */
    public static Key of(FeatureResult result) {
      return new Key(result.featureGroup(), result.key());
    }
  }
}
