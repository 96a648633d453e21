package dev.freshet.quality.drift;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.featurestore.client.EntityKey;
import dev.freshet.redis.Redis;
import io.lettuce.core.RedisFuture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fills a feature store with entities. */
final class Places {

  private Places() {}

  /** Stores an entity; fields are given as name, value, name, value, … */
  static void store(Redis store, String dimension, String id, String... fields) {
    Pending pending = new Pending(store);
    pending.store(dimension, id, fields);
    pending.await();
  }

  /** Entities that are written together. */
  static final class Pending {

    private final Redis store;
    private final List<RedisFuture<Long>> answers = new ArrayList<>();

    Pending(Redis store) {
      this.store = store;
    }

    @SuppressWarnings("ArrayAsKeyOfSetOrMap") // the client reads the pairs, and looks up none
    void store(String dimension, String id, String... fields) {
      Map<byte[], byte[]> hash = new LinkedHashMap<>();
      for (int i = 0; i < fields.length; i += 2) {
        hash.put(fields[i].getBytes(UTF_8), fields[i + 1].getBytes(UTF_8));
      }
      answers.add(store.pipeline(redis -> redis.hset(EntityKey.of(dimension, id), hash)));
      if (answers.size() == 1_000) {
        await();
      }
    }

    void await() {
      var unused = StoredFeatures.await(store, answers);
      answers.clear();
    }
  }
}
