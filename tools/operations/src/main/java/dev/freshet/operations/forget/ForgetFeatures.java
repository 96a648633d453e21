package dev.freshet.operations.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import io.lettuce.core.RedisFuture;
import java.util.List;

/**
 * Removes the fields of a group from the feature store's hashes. It reads all hashes, because the
 * dimension of a group that is no longer declared is not known.
 */
public final class ForgetFeatures {

  private static final String PREFIX = "features:";

  private final Redis redis;
  private final ForgetRequest request;
  private long entities;
  private long fields;

  public ForgetFeatures(Redis redis, ForgetRequest request) {
    this.redis = redis;
    this.request = request;
  }

  public void run() {
    String ids = request.entity().map(KeyScan::escaped).orElse("*");
    KeyScan.of(redis, PREFIX + "*:" + ids, this::forget);
  }

  private void forget(List<byte[]> page) {
    List<byte[]> hashes = page.stream().filter(this::isRequested).toList();
    List<RedisFuture<List<byte[]>>> names =
        redis.pipeline(commands -> hashes.stream().map(commands::hkeys).toList());
    for (int i = 0; i < hashes.size(); i++) {
      RedisFuture<List<byte[]>> ofHash = names.get(i);
      forget(hashes.get(i), redis.<List<byte[]>>ask(unused -> ofHash));
    }
  }

  /** Finds the id after the first colon: an id may contain colons, a dimension may not. */
  private boolean isRequested(byte[] hash) {
    String key = new String(hash, UTF_8);
    return request.isOf(key.substring(key.indexOf(':', PREFIX.length()) + 1));
  }

  private void forget(byte[] hash, List<byte[]> names) {
    byte[][] found =
        names.stream()
            .filter(name -> new String(name, UTF_8).startsWith(request.featureGroup() + ":"))
            .toArray(byte[][]::new);
    if (found.length > 0) {
      entities++;
      fields +=
          request.isDryRun()
              ? found.length
              : redis.<Long>ask(commands -> commands.hdel(hash, found));
    }
  }

  public long fields() {
    return fields;
  }

  public long entities() {
    return entities;
  }
}
