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

  /** Returns the groups with history of a dimension. */
  List<String> groups(String dimension) {
    return history.dimensions().entrySet().stream()
        .filter(each -> each.getValue().equals(dimension))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Adds to the rows what they lack of groups with history. Asks page by page; after a page that is
   * not answered no more, so that a store that is away delays a call once.
   */
  void complete(List<Row> rows, Collection<String> groups) {
    Map<ArchivedResults.Key, List<Row>> missing = missing(rows, groups);
    List<ArchivedResults.Key> keys = List.copyOf(missing.keySet());
    for (int from = 0; from < keys.size(); from += MOST_KEYS) {
      List<ArchivedResults.Key> page = keys.subList(from, Math.min(keys.size(), from + MOST_KEYS));
      Collection<FeatureResult> found;
      try {
        found = history.results().read(page);
      } catch (RuntimeException e) {
        for (ArchivedResults.Key key : keys.subList(from, keys.size())) {
          missing.get(key).forEach(row -> row.leaveUnanswered(key.featureGroup(), e.getMessage()));
        }
        return;
      }
      for (FeatureResult each : found) {
        missing.getOrDefault(ArchivedResults.Key.of(each), List.of()).forEach(row -> row.add(each));
      }
      warm(List.copyOf(found));
    }
  }

  private Map<ArchivedResults.Key, List<Row>> missing(List<Row> rows, Collection<String> groups) {
    Map<ArchivedResults.Key, List<Row>> missing = new LinkedHashMap<>();
    for (Row row : rows) {
      for (String group : groups) {
        if (row.lacks(group)) {
          missing
              .computeIfAbsent(
                  new ArchivedResults.Key(group, row.value()), key -> new ArrayList<>())
              .add(row);
        }
      }
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
