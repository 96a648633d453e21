package dev.freshet.operations.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Removes a feature group, or one entity of it, from the stores; a dry run only counts. */
public final class Forget {

  static final int PAGE = 500;

  private static final String FEATURES = "features:";

  private final String featureGroup;
  private final Optional<String> entity;
  private final boolean dryRun;
  private long keys;
  private long dueInstants;
  private long entities;
  private long fields;

  /**
   * @param entity the only entity to remove; empty for all
   */
  public Forget(String featureGroup, Optional<String> entity, boolean dryRun) {
    this.featureGroup = featureGroup;
    this.entity = entity;
    this.dryRun = dryRun;
  }

  /** Removes the events and the due instants; for a whole group also its lease and declarations. */
  public void state(Redis redis) {
    scan(redis, partitions("state"), page -> page.forEach(key -> forgetList(redis, key)));
    scan(redis, partitions("due"), page -> page.forEach(key -> forgetIndex(redis, key)));
    if (entity.isEmpty()) {
      scan(redis, partitions("clock"), page -> page.forEach(key -> remove(redis, key)));
      remove(redis, ("recalculation:" + featureGroup).getBytes(UTF_8));
      remove(redis, ("declarations:{" + featureGroup + "}").getBytes(UTF_8));
    }
  }

  /** Returns a pattern of the group's keys with a prefix; group names have no wildcards. */
  private String partitions(String prefix) {
    return prefix + ":{" + featureGroup + "/*";
  }

  /** Finds the entity's id after the tag; it may have any character. */
  private void forgetList(Redis redis, byte[] key) {
    String text = new String(key, UTF_8);
    if (isOf(text.substring(text.indexOf("}:") + 2))) {
      remove(redis, key);
    }
  }

  private void forgetIndex(Redis redis, byte[] key) {
    if (entity.isEmpty()) {
      dueInstants += redis.<Long>ask(commands -> commands.zcard(key));
      remove(redis, key);
      return;
    }
    byte[] id = entity.get().getBytes(UTF_8);
    if (redis.<Double>ask(commands -> commands.zscore(key, id)) != null) {
      dueInstants++;
      Long unused = dryRun ? null : redis.<Long>ask(commands -> commands.zrem(key, id));
    }
  }

  private void remove(Redis redis, byte[] key) {
    keys += redis.<Long>ask(commands -> dryRun ? commands.exists(key) : commands.unlink(key));
  }

  /**
   * Removes the fields of the group from the feature store. It reads all hashes, because the
   * dimension of a group that is no longer declared is not known.
   */
  public void features(Redis redis) {
    String ids = entity.map(id -> id.replaceAll("[\\\\*?\\[\\]^]", "\\\\$0")).orElse("*");
    scan(redis, FEATURES + "*:" + ids, page -> forgetFields(redis, page));
  }

  private void forgetFields(Redis redis, List<byte[]> page) {
    List<byte[]> hashes = page.stream().filter(this::isRequested).toList();
    List<RedisFuture<List<byte[]>>> names =
        redis.pipeline(commands -> hashes.stream().map(commands::hkeys).toList());
    for (int i = 0; i < hashes.size(); i++) {
      byte[] hash = hashes.get(i);
      RedisFuture<List<byte[]>> ofHash = names.get(i);
      byte[][] found =
          redis.<List<byte[]>>ask(unused -> ofHash).stream()
              .filter(name -> new String(name, UTF_8).startsWith(featureGroup + ":"))
              .toArray(byte[][]::new);
      if (found.length > 0) {
        entities++;
        fields += dryRun ? found.length : redis.<Long>ask(commands -> commands.hdel(hash, found));
      }
    }
  }

  /** Finds the id after the first colon: an id may contain colons, a dimension may not. */
  private boolean isRequested(byte[] hash) {
    String key = new String(hash, UTF_8);
    return isOf(key.substring(key.indexOf(':', FEATURES.length()) + 1));
  }

  private boolean isOf(String entityId) {
    return entity.isEmpty() || entity.get().equals(entityId);
  }

  /** Passes on the keys that match, in pages; a key may come more than once. */
  private static void scan(Redis redis, String pattern, Consumer<List<byte[]>> pages) {
    ScanArgs arguments = ScanArgs.Builder.limit(PAGE).match(pattern.getBytes(UTF_8));
    KeyScanCursor<byte[]> page = redis.ask(commands -> commands.scan(arguments));
    pages.accept(page.getKeys());
    while (!page.isFinished()) {
      ScanCursor reached = page;
      page = redis.ask(commands -> commands.scan(reached, arguments));
      pages.accept(page.getKeys());
    }
  }

  /** Returns a line about what was removed, or would be. */
  public String report() {
    String what = featureGroup + entity.map(id -> " of entity '" + id + "'").orElse("");
    return keys + dueInstants + fields == 0
        ? "nothing is held of " + what
        : "%s %s: feature store %d fields of %d entities, state store %d keys and %d due instants"
            .formatted(
                dryRun ? "would remove" : "removed", what, fields, entities, keys, dueInstants);
  }

  long keys() {
    return keys;
  }

  long dueInstants() {
    return dueInstants;
  }

  long fields() {
    return fields;
  }

  long entities() {
    return entities;
  }
}
