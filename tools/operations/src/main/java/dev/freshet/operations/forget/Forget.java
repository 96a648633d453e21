package dev.freshet.operations.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.featurestore.client.FeastFormat;
import dev.freshet.quality.drift.Baselines;
import dev.freshet.redis.KeyScan;
import dev.freshet.redis.Redis;
import dev.freshet.state.dynamodb.HistoryEraser;
import dev.freshet.state.redis.StateEraser;
import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Removes a feature group, or one entity of it, from the stores; a dry run only counts. */
public final class Forget {

  private static final String FEATURES = "features:";

  /** Longer than anything that a function has in hand can take. */
  private static final Duration TOMBSTONE_LIFE = Duration.ofDays(1);

  private static final int MOST_PASSES = 10;

  private final String featureGroup;
  private final Optional<String> entity;
  private final boolean dryRun;
  private long keys;
  private long dueInstants;
  private long items;
  private long entities;
  private long fields;
  private long baselines;

  /**
   * @param entity the only entity to remove; empty for all
   */
  public Forget(String featureGroup, Optional<String> entity, boolean dryRun) {
    this.featureGroup = featureGroup;
    this.entity = entity;
    this.dryRun = dryRun;
  }

  /**
   * Removes events and due instants, and for a whole group also its lease and declarations; and
   * what is stored of them in the table of history.
   *
   * @param history empty if there is no table
   */
  public void state(Redis redis, Optional<HistoryEraser> history, Instant now) {
    StateEraser state = new StateEraser(redis, featureGroup, dryRun);
    if (entity.isEmpty()) {
      state.eraseGroup();
      history.ifPresent(table -> items = table.eraseGroup(featureGroup, dryRun));
    } else {
      state.eraseEntity(entity.get());
      history.ifPresent(table -> eraseItem(table, state, entity.get(), now));
    }
    keys = state.keys();
    dueInstants = state.dueInstants();
  }

  private void eraseItem(HistoryEraser table, StateEraser state, String id, Instant now) {
    if (dryRun) {
      items = table.holds(featureGroup, id) ? 1 : 0;
    } else {
      bury(table, state, id, now.plus(TOMBSTONE_LIFE));
    }
  }

  /**
   * Removes an entity that functions may have in hand. The tombstone keeps away what the steps
   * before it write; what a function reads after it is gone. But a function whose step came between
   * the removal of the state and the tombstone may have read what was stored: so if something was,
   * all is done again.
   */
  private void bury(HistoryEraser table, StateEraser state, String id, Instant until) {
    for (int pass = 1; putTombstone(table, state, id, until); pass++) {
      if (pass == MOST_PASSES) {
        throw new IllegalStateException(
            "entity '%s' is stored again and again; stop its events and run it again"
                .formatted(id));
      }
      state.eraseEntity(id);
    }
  }

  private boolean putTombstone(HistoryEraser table, StateEraser state, String id, Instant until) {
    boolean isStored = table.putTombstone(featureGroup, id, state.newestVersion(id), until);
    items = isStored ? 1 : items;
    return isStored;
  }

  /**
   * Removes the fields of the group from the feature store, and for a whole group also from the
   * baseline there. It reads all hashes, because the dimension of a group that is no longer
   * declared is not known.
   */
  public void features(Redis redis) {
    String ids = entity.map(id -> id.replaceAll("[\\\\*?\\[\\]^]", "\\\\$0")).orElse("*");
    KeyScan.pages(redis, FEATURES + "*:" + ids, page -> forgetFields(redis, page));
    KeyScan.pages(redis, FeastFormat.KEYS, page -> forgetFeastFields(redis, page));
    if (entity.isEmpty()) {
      baselines = Baselines.forget(redis, featureGroup, dryRun);
    }
  }

  private void forgetFields(Redis redis, List<byte[]> page) {
    List<byte[]> hashes = page.stream().filter(this::isRequested).toList();
    List<RedisFuture<List<byte[]>>> names =
        redis.pipeline(commands -> hashes.stream().map(commands::hkeys).toList());
    for (int i = 0; i < hashes.size(); i++) {
      RedisFuture<List<byte[]>> ofHash = names.get(i);
      List<byte[]> found =
          redis.<List<byte[]>>ask(unused -> ofHash).stream()
              .filter(name -> new String(name, UTF_8).startsWith(featureGroup + ":"))
              .toList();
      forget(redis, hashes.get(i), found);
    }
  }

  private void forgetFeastFields(Redis redis, List<byte[]> page) {
    byte[] field = (featureGroup + ":" + FeastFormat.FIELDS).getBytes(UTF_8);
    List<byte[]> hashes = page.stream().filter(this::isRequestedOfFeast).toList();
    List<RedisFuture<byte[]>> fieldsOf =
        redis.pipeline(
            commands -> hashes.stream().map(hash -> commands.hget(hash, field)).toList());
    for (int i = 0; i < hashes.size(); i++) {
      RedisFuture<byte[]> ofHash = fieldsOf.get(i);
      byte[] found = redis.<byte[]>ask(unused -> ofHash);
      if (found != null) {
        forget(redis, hashes.get(i), FeastFormat.fields(featureGroup, found));
      }
    }
  }

  private void forget(Redis redis, byte[] hash, List<byte[]> found) {
    if (!found.isEmpty()) {
      byte[][] names = found.toArray(byte[][]::new);
      entities++;
      fields += dryRun ? names.length : redis.<Long>ask(commands -> commands.hdel(hash, names));
    }
  }

  private boolean isRequestedOfFeast(byte[] hash) {
    Optional<String> id = FeastFormat.id(hash);
    return id.isPresent() && (entity.isEmpty() || entity.equals(id));
  }

  /** Finds the id after the first colon: an id may contain colons, a dimension may not. */
  private boolean isRequested(byte[] hash) {
    String key = new String(hash, UTF_8);
    String id = key.substring(key.indexOf(':', FEATURES.length()) + 1);
    return entity.isEmpty() || entity.get().equals(id);
  }

  /** Returns a line about what was removed, or would be. */
  public String report() {
    String what = featureGroup + entity.map(id -> " of entity '" + id + "'").orElse("");
    return keys + dueInstants + items + fields + baselines == 0
        ? "nothing is held of " + what
        : "%s %s: feature store %d fields of %d entities, baseline %d features, state store %d keys and %d due instants, history %d items"
            .formatted(
                dryRun ? "would remove" : "removed",
                what,
                fields,
                entities,
                baselines,
                keys,
                dueInstants,
                items);
  }

  long keys() {
    return keys;
  }

  long dueInstants() {
    return dueInstants;
  }

  long items() {
    return items;
  }

  long fields() {
    return fields;
  }

  long entities() {
    return entities;
  }
}
