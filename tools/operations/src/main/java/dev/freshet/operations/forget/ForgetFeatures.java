package dev.freshet.operations.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes the fields of a group from the feature store's hashes. The dimension of a group that is
 * not declared any more is not known, so all hashes are looked at.
 */
public final class ForgetFeatures {

  private static final String PREFIX = "features:";

  private final Redis redis;
  private final Forgotten what;
  private final ScanArgs fieldsOfGroup;
  private long entities;
  private long fields;

  public ForgetFeatures(Redis redis, Forgotten what) {
    this.redis = redis;
    this.what = what;
    this.fieldsOfGroup =
        ScanArgs.Builder.limit(KeyScan.PAGE).match((what.featureGroup() + ":*").getBytes(UTF_8));
  }

  public void run() {
    String ids = what.entity().map(KeyScan::escaped).orElse("*");
    KeyScan.of(redis, PREFIX + "*:" + ids, this::forget);
  }

  private void forget(List<byte[]> page) {
    List<byte[]> hashes = page.stream().filter(this::isMeant).toList();
    List<RedisFuture<MapScanCursor<byte[], byte[]>>> starts =
        redis.pipeline(
            commands -> hashes.stream().map(each -> commands.hscan(each, fieldsOfGroup)).toList());
    for (int i = 0; i < hashes.size(); i++) {
      RedisFuture<MapScanCursor<byte[], byte[]>> start = starts.get(i);
      forget(hashes.get(i), fields(hashes.get(i), redis.ask(unused -> start)));
    }
  }

  /** No dimension has a colon, but an id may have. */
  private boolean isMeant(byte[] hash) {
    String key = new String(hash, UTF_8);
    return what.isOf(key.substring(key.indexOf(':', PREFIX.length()) + 1));
  }

  private void forget(byte[] hash, Set<String> found) {
    if (!found.isEmpty()) {
      entities++;
      fields += what.isDryRun() ? found.size() : remove(hash, found);
    }
  }

  private Set<String> fields(byte[] hash, MapScanCursor<byte[], byte[]> start) {
    Set<String> found = new HashSet<>();
    MapScanCursor<byte[], byte[]> page = start;
    addNames(page, found);
    while (!page.isFinished()) {
      ScanCursor reached = page;
      page = redis.ask(commands -> commands.hscan(hash, reached, fieldsOfGroup));
      addNames(page, found);
    }
    return found;
  }

  private static void addNames(MapScanCursor<byte[], byte[]> page, Set<String> names) {
    page.getMap().keySet().forEach(field -> names.add(new String(field, UTF_8)));
  }

  private long remove(byte[] hash, Set<String> found) {
    List<byte[]> names = new ArrayList<>();
    found.forEach(field -> names.add(field.getBytes(UTF_8)));
    return redis.ask(commands -> commands.hdel(hash, names.toArray(byte[][]::new)));
  }

  public long fields() {
    return fields;
  }

  public long entities() {
    return entities;
  }
}
