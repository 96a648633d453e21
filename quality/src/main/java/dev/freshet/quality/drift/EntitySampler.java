package dev.freshet.quality.drift;

import dev.freshet.featurestore.client.EntityKey;
import dev.freshet.redis.KeyScan;
import dev.freshet.redis.Redis;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Draws entities at random from the feature store.
 *
 * <p>A store with at most {@link #MOST_DRAWS} keys for each entity wanted is read as a whole, with
 * {@code SCAN}. Of a larger one, {@code RANDOMKEY} draws at most as many keys, on each master in
 * proportion to its size, in pipelines of {@link #PAGE}. So a dimension with less than a twentieth
 * of the keys is drawn less often than wanted. The chance of a key depends a little on its place in
 * Redis's hash table, but not on what it holds.
 */
final class EntitySampler {

  /** The most keys that are drawn for each entity wanted. */
  static final int MOST_DRAWS = 20;

  private static final int PAGE = 500;

  private final Redis store;
  private final Random random;
  private long keys;
  private int draws;

  /**
   * @param random chooses the master of each draw, and the entities of a store read as a whole
   */
  EntitySampler(Redis store, Random random) {
    this.store = store;
    this.random = random;
  }

  /**
   * Draws entities of each dimension.
   *
   * @throws io.lettuce.core.RedisException if a server does not answer
   */
  DrawnSample draw(Set<String> dimensions, int wanted) {
    DrawnSample drawn = new DrawnSample(dimensions, wanted);
    List<Long> sizes =
        answers(masters -> masters.stream().map(RedisClusterAsyncCommands::dbsize).toList());
    keys = sizes.stream().mapToLong(Long::longValue).sum();
    int most = MOST_DRAWS * wanted;
    if (keys <= most) {
      KeyScan.pages(store, EntityKey.KEYS, page -> page.forEach(drawn::addAny));
      drawn.choose(random);
      return drawn;
    }
    while (draws < most && !drawn.isEnough()) {
      int number = Math.min(PAGE, most - draws);
      int[] ofMasters = divide(number, sizes);
      List<byte[]> page = answers(masters -> randomKeys(masters, ofMasters));
      // The answers of a master follow one another, and only the first that are wanted are taken.
      Collections.shuffle(page, random);
      page.forEach(drawn::add);
      draws += number;
    }
    return drawn;
  }

  /** Chooses a master for each draw, each with the chance of its share of the keys. */
  private int[] divide(int number, List<Long> sizes) {
    int[] ofMasters = new int[sizes.size()];
    for (int i = 0; i < number; i++) {
      long at = random.nextLong(keys);
      int master = 0;
      while (at >= sizes.get(master)) {
        at -= sizes.get(master++);
      }
      ofMasters[master]++;
    }
    return ofMasters;
  }

  private static List<RedisFuture<byte[]>> randomKeys(
      List<RedisClusterAsyncCommands<byte[], byte[]>> masters, int[] numbers) {
    List<RedisFuture<byte[]>> answers = new ArrayList<>();
    for (int master = 0; master < Math.min(masters.size(), numbers.length); master++) {
      for (int i = 0; i < numbers[master]; i++) {
        answers.add(masters.get(master).randomkey());
      }
    }
    return answers;
  }

  private <T> List<T> answers(Commands<T> commands) {
    return StoredFeatures.await(store, store.pipelineToMasters(commands::issue));
  }

  /** Issues commands to masters. */
  @FunctionalInterface
  private interface Commands<T> {
    List<RedisFuture<T>> issue(List<RedisClusterAsyncCommands<byte[], byte[]>> masters);
  }

  /** Returns how many keys the store had. */
  long keys() {
    return keys;
  }

  /** Returns how many keys were drawn one by one; 0 if the store was read as a whole. */
  int draws() {
    return draws;
  }
}
