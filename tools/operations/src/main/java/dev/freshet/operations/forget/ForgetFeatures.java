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
 * Removes the fields of a group from the feature store's hashes. It reads all hashes, because the
 * dimension of a group that is no longer declared is not known.
 */
public final class ForgetFeatures {

  private static final String PREFIX = "features:";

  private final Redis redis;
  private final ForgetRequest request;
  private final ScanArgs fieldsOfGroup;
  private long entities;
  private long fields;

  public ForgetFeatures(Redis redis, ForgetRequest request) {
    this.redis = redis;
    this.request = request;
    this.fieldsOfGroup =
        ScanArgs.Builder.limit(KeyScan.PAGE).match((request.featureGroup() + ":*").getBytes(UTF_8));
  }

  public void run() {
    String ids = request.entity().map(KeyScan::escaped).orElse("*");
    KeyScan.of(redis, PREFIX + "*:" + ids, this::forget);
  }

  private void forget(List<byte[]> page) {
    List<byte[]> hashes = page.stream().filter(this::isRequested).toList();
    List<RedisFuture<MapScanCursor<byte[], byte[]>>> starts =
        redis.pipeline(
            commands -> hashes.stream().map(each -> commands.hscan(each, fieldsOfGroup)).toList());
    for (int i = 0; i < hashes.size(); i++) {
      RedisFuture<MapScanCursor<byte[], byte[]>> start = starts.get(i);
      forget(hashes.get(i), fields(hashes.get(i), redis.ask(unused -> start)));
    }
  }

  /** Finds the id after the first colon: an id may contain colons, a dimension may not. */
  private boolean isRequested(byte[] hash) {
    String key = new String(hash, UTF_8);
    return request.isOf(key.substring(key.indexOf(':', PREFIX.length()) + 1));
  }

  private void forget(byte[] hash, Set<String> found) {
    if (!found.isEmpty()) {
      entities++;
      fields += request.isDryRun() ? found.size() : remove(hash, found);
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
