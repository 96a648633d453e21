package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.state.Archive;
import dev.freshet.testing.TestGroups;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that the cache keeps its limit in bytes, and evicts the least recently used first. */
class EntityCacheTest {

  private static final FeatureGroup GROUP = TestGroups.demand();
  private static final StateSnapshots SNAPSHOTS =
      new StateSnapshots(
          GROUP,
          new KnownDeclarations(GROUP, new StateKeys(GROUP.name()), null, Archive.NONE, true),
          Duration.ofDays(90));
  private static final long ONE = entity("a", 0).sizeBytes();

  @Test
  void theLeastRecentlyUsedIsEvictedFirst() {
    EntityCache cache = new EntityCache(3 * ONE);
    for (String name : new String[] {"a", "b", "c"}) {
      cache.put(name, entity(name, 0));
    }
    cache.put("a", cache.take("a"));
    cache.put("d", entity("d", 0));
    assertThat(cache.take("b")).isNull();
    assertThat(cache.take("a")).isNotNull();
    assertThat(cache.take("c")).isNotNull();
    assertThat(cache.take("d")).isNotNull();
  }

  @Test
  void anEntityThatIsTakenOutIsNotThereUntilItIsPutBack() {
    EntityCache cache = new EntityCache(3 * ONE);
    cache.put("a", entity("a", 0));
    assertThat(cache.take("a")).isNotNull();
    assertThat(cache.take("a")).isNull();
  }

  @Test
  void anEntityLargerThanTheCacheIsNotKept() {
    EntityCache cache = new EntityCache(3 * ONE);
    cache.put("large", entity("large", 1_000));
    assertThat(cache.take("large")).isNull();
    cache.put("a", entity("a", 0));
    assertThat(cache.take("a")).isNotNull();
  }

  @Test
  void itStaysWithinItsBytesWhileEntitiesGrow() {
    long seed = 5;
    Random random = new Random(seed);
    long most = 20 * ONE;
    EntityCache cache = new EntityCache(most);
    int names = 200;
    for (int i = 0; i < 5_000; i++) {
      String name = "e" + random.nextInt(names);
      cache.take(name);
      cache.put(name, entity(name, random.nextInt(60)));
    }
    long bytes =
        IntStream.range(0, names)
            .mapToObj(i -> cache.take("e" + i))
            .filter(each -> each != null)
            .mapToLong(CachedEntity::sizeBytes)
            .sum();
    assertThat(bytes).as("seed %d", seed).isBetween(most / 3, most);
  }

  @Test
  void aCacheWithoutRoomKeepsNothing() {
    EntityCache cache = new EntityCache(0);
    cache.put("a", entity("a", 0));
    assertThat(cache.take("a")).isNull();
  }

  private static CachedEntity entity(String name, int events) {
    CachedEntity entity = new CachedEntity(SNAPSHOTS, name);
    entity.readWhole(new SnapshotReader(new byte[0]), 0, NOON, NOON, (state, tag, record) -> {});
    for (int i = 0; i < events; i++) {
      entity.state().fold(value("e" + i, NOON, i), 1);
    }
    return entity;
  }
}
