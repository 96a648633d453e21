package dev.freshet.featurestore.client;

import dev.freshet.result.ArchivedResults;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The source in which a reader finds entities that Redis has forgotten.
 *
 * @param results the store of the history
 * @param dimensions the groups with history: their dimensions by their names
 * @param awake how long the features of an entity that was found stay in Redis ({@code
 *     HISTORY_AWAKE})
 */
public record History(ArchivedResults results, Map<String, String> dimensions, Duration awake) {

  /** The usual time that the features of a found entity stay in Redis. */
  public static final Duration USUAL_AWAKE = Duration.ofHours(24);

  static final History NONE = new History(keys -> List.of(), Map.of(), USUAL_AWAKE);
}
