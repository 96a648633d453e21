package dev.freshet.featurestore.client;

import static dev.freshet.result.ArchivedResults.MOST_KEYS;

import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.ArchivedResults;
import dev.freshet.result.FeatureResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds entities that Redis has forgotten in the history store, and writes them back to Redis. */
final class ForgottenEntities {

  private static final Logger LOG = LoggerFactory.getLogger(ForgottenEntities.class);

  private final History history;
  private final FeatureStoreWriter writer;

  ForgottenEntities(History history, Redis redis) {
    this.history = history;
    this.writer = new FeatureStoreWriter(redis, history.awake(), Metrics.NONE);
  }

  /** Returns whether the history store has to be asked, which blocks. */
  boolean mustAsk(Collection<? extends Found> entities) {
    return !history.dimensions().isEmpty() && !missing(entities).isEmpty();
  }

  /**
   * Adds to entities what they lack of groups with history. Asks page by page; after a page that is
   * not answered no more, so that a store that is away delays a call once.
   */
  void complete(Collection<? extends Found> entities) {
    Map<ArchivedResults.Key, List<Found>> missing = missing(entities);
    List<ArchivedResults.Key> keys = List.copyOf(missing.keySet());
    for (int from = 0; from < keys.size(); from += MOST_KEYS) {
      List<ArchivedResults.Key> page = keys.subList(from, Math.min(keys.size(), from + MOST_KEYS));
      Collection<FeatureResult> found;
      try {
        found = history.results().read(page);
      } catch (RuntimeException e) {
        for (ArchivedResults.Key key : keys.subList(from, keys.size())) {
          missing
              .get(key)
              .forEach(entity -> entity.leaveUnanswered(key.featureGroup(), e.getMessage()));
        }
        return;
      }
      for (FeatureResult each : found) {
        missing.getOrDefault(ArchivedResults.Key.of(each), List.of()).stream()
            .filter(entity -> entity.dimension().equals(each.dimension()))
            .forEach(entity -> entity.add(each));
      }
      warm(List.copyOf(found));
    }
  }

  private Map<ArchivedResults.Key, List<Found>> missing(Collection<? extends Found> entities) {
    Map<ArchivedResults.Key, List<Found>> missing = new LinkedHashMap<>();
    for (Found entity : entities) {
      history
          .dimensions()
          .forEach(
              (group, dimension) -> {
                if (dimension.equals(entity.dimension())
                    && entity.asksFor(group)
                    && entity.lacks(group)) {
                  missing
                      .computeIfAbsent(
                          new ArchivedResults.Key(group, entity.id()), key -> new ArrayList<>())
                      .add(entity);
                }
              });
    }
    return missing;
  }

  /** Writes results to Redis as the subscriber does, never over a newer one. */
  private void warm(List<FeatureResult> found) {
    try {
      writer.write(found);
    } catch (FeatureStoreException e) {
      LOG.debug("found entities are not in Redis yet, the next reader finds them again", e);
    }
  }
}
