package dev.freshet.quality.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.featurestore.client.EntityKey;
import dev.freshet.redis.KeyScan;
import dev.freshet.redis.Redis;
import io.lettuce.core.RedisFuture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The entities of the feature store, in its own format. */
final class DrawnEntities {

  private static final String FEATURES = "features:";
  private static final int PAGE = 200;

  private final Redis redis;
  private final Set<String> dimensions;

  /**
   * @param dimensions others are left out
   */
  DrawnEntities(Redis redis, Set<String> dimensions) {
    this.redis = redis;
    this.dimensions = Set.copyOf(dimensions);
  }

  /**
   * The fields of an entity.
   *
   * @param atMillis an instant just before they were read
   */
  record Reading(Map<String, String> fields, long atMillis) {}

  /**
   * Draws entities of each dimension. All keys are looked at, so each is drawn as likely as others.
   *
   * @param isTimeLeft ends the drawing early if it returns false
   * @return whether all keys were looked at
   */
  boolean draw(Map<String, Sample> samples, BooleanSupplier isTimeLeft) {
    return KeyScan.pagesWhile(
        redis,
        FEATURES + "*",
        page -> {
          page.forEach(key -> draw(new String(key, UTF_8), samples));
          return isTimeLeft.getAsBoolean();
        });
  }

  /** A dimension has no colon, but an id may. */
  private void draw(String key, Map<String, Sample> samples) {
    int colon = key.indexOf(':', FEATURES.length());
    String dimension = colon < 0 ? "" : key.substring(FEATURES.length(), colon);
    if (dimensions.contains(dimension)) {
      samples.get(dimension).offer(key.substring(colon + 1));
    }
  }

  /** Reads entities, some in a round trip; one that is not stored has no fields. */
  Map<EntityId, Reading> read(Collection<EntityId> entities, LongSupplier clockMillis) {
    List<EntityId> all = new ArrayList<>(entities);
    Map<EntityId, Reading> readings = new LinkedHashMap<>();
    for (int from = 0; from < all.size(); from += PAGE) {
      List<EntityId> page = all.subList(from, Math.min(all.size(), from + PAGE));
      long now = clockMillis.getAsLong();
      List<RedisFuture<Map<byte[], byte[]>>> answers =
          redis.pipeline(
              commands ->
                  page.stream()
                      .map(each -> commands.hgetall(EntityKey.of(each.dimension(), each.id())))
                      .toList());
      for (int i = 0; i < page.size(); i++) {
        RedisFuture<Map<byte[], byte[]>> answer = answers.get(i);
        readings.put(
            page.get(i), new Reading(texts(redis.<Map<byte[], byte[]>>ask(c -> answer)), now));
      }
    }
    return readings;
  }

  private static Map<String, String> texts(Map<byte[], byte[]> fields) {
    Map<String, String> texts = new HashMap<>();
    fields.forEach((field, text) -> texts.put(new String(field, UTF_8), new String(text, UTF_8)));
    return texts;
  }

  /** Returns an empty sample for each dimension. */
  Map<String, Sample> samples(int size, long seed) {
    Map<String, Sample> samples = new TreeMap<>();
    dimensions.forEach(each -> samples.put(each, new Sample(size, seed)));
    return samples;
  }
}
