package dev.freshet.quality.drift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestRedisCluster;
import dev.freshet.testing.redis.TestServer;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests which entities are drawn from a real Redis, and from a cluster. */
@Tag("containers")
@Tag("verify")
class EntitySamplerTest {

  private static final Set<String> PLACE = Set.of("place");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private TestServer server;
  private Redis store;

  @BeforeEach
  void start() throws IOException {
    System.out.println("seed " + seed);
    server = TestRedis.startServer(); // of its own, as all its keys are drawn from
    store = server.connect(Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop();
  }

  @Test
  void eachEntityOfALargeStoreHasAboutTheSameChance() {
    store(store, "place", 5_000);

    int[] times = new int[5_000];
    int rounds = 400;
    for (int round = 0; round < rounds; round++) {
      draw(store, 100).forEach(id -> times[Integer.parseInt(id)]++);
    }

    double expected = rounds * 100.0 / times.length;
    double chiSquare =
        Arrays.stream(times).mapToDouble(n -> Math.pow(n - expected, 2)).sum() / expected;
    System.out.printf(
        "expected %.1f times each: least %d, most %d, chi square per entity %.3f%n",
        expected,
        Arrays.stream(times).min().getAsInt(),
        Arrays.stream(times).max().getAsInt(),
        chiSquare / times.length);
    assertThat(chiSquare / times.length).isBetween(0.9, 2.0);
    assertThat(Arrays.stream(times, 0, 2_500).sum())
        .as("of the first half")
        .isBetween(19_000, 21_000);
  }

  @Test
  void ofEachDimensionAreDrawnAsManyAsWanted() {
    store(store, "place", 3_000);
    store(store, "thing", 1_000);
    store(store, "rare", 3);

    EntitySampler sampler = new EntitySampler(store, random);
    DrawnSample drawn = sampler.draw(Set.of("place", "thing", "rare", "none"), 100);

    assertThat(sampler.draws()).as("all that may be").isEqualTo(2_000);
    assertThat(drawn.sizes()).containsEntry("place", 100).containsEntry("thing", 100);
    assertThat(drawn.sizes().get("rare")).isBetween(0, 3);
    assertThat(drawn.sizes()).containsEntry("none", 0);
    assertThat(drawn.keys().get("place")).extracting(String::new).doesNotHaveDuplicates();
  }

  @Test
  void theCallsHaveABound() {
    store(store, "place", 3_000);
    store.ask(redis -> redis.configResetstat());

    draw(store, 100);

    String calls = store.ask(redis -> redis.info("commandstats"));
    assertThat(calls(calls, "randomkey")).isBetween(100, 2_000);
    assertThat(calls(calls, "dbsize")).isOne();
    assertThat(calls(calls, "scan") + calls(calls, "keys")).isZero();
  }

  @Test
  void aSmallStoreIsReadAsAWholeAndTheSeedChooses() {
    store(store, "place", 1_999);

    EntitySampler sampler = new EntitySampler(store, new Random(7));
    List<byte[]> first = sampler.draw(PLACE, 100).keys().get("place");
    List<byte[]> second =
        new EntitySampler(store, new Random(7)).draw(PLACE, 100).keys().get("place");
    List<byte[]> other =
        new EntitySampler(store, new Random(8)).draw(PLACE, 100).keys().get("place");

    assertThat(sampler.draws()).isZero();
    assertThat(first).hasSize(100).extracting(String::new).doesNotHaveDuplicates();
    assertThat(second).containsExactlyElementsOf(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void keysOfAnythingElseAreIgnoredAndHostileIdsAreEntities() {
    List<String> hostile =
        List.of(
            "", ":", "a:b:c", "{x}", "*", "\n\u0000\u001b[2J", "☃", "%7C|", "x".repeat(100_000));
    hostile.forEach(id -> Places.store(store, "place", id, "g:f", "1"));
    Places.store(store, "other", "1", "g:f", "1");
    for (String key :
        new String[] {"features:", "features:place", "x:features:place:1", "freshet:baseline"}) {
      store.ask(redis -> redis.set(key.getBytes(UTF_8), "1".getBytes(UTF_8)));
    }
    byte[] feast = {2, 0, 0, 0, 'p', 'l', 'a', 'c', 'e', (byte) 0xff};
    store.ask(redis -> redis.hset(feast, "a".getBytes(UTF_8), "1".getBytes(UTF_8)));

    assertThat(draw(store, 100)).containsExactlyInAnyOrderElementsOf(hostile);
    store(store, "thing", 300);
    assertThat(draw(store, 10))
        .as("drawn, not read as a whole")
        .isSubsetOf(hostile)
        .doesNotHaveDuplicates();
  }

  @Test
  void anEmptyStoreHasNone() {
    assertThat(draw(store, 100)).isEmpty();
  }

  @Test
  void aStoreThatIsAwayIsAnError() {
    try (Redis nobody = Redis.at("redis://127.0.0.1:1", Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> draw(nobody, 1)).isInstanceOf(RedisException.class);
    }
  }

  @Test
  void mastersOfAClusterAreDrawnFromByTheirSizes() throws IOException {
    try (TestRedisCluster cluster = new TestRedisCluster();
        Redis redis = cluster.connect()) {
      // By hash tags: nine times as many entities on one master as on the other.
      Places.Pending pending = new Places.Pending(redis);
      String[] tags = tagsOfBothMasters();
      for (int i = 0; i < 4_000; i++) {
        pending.store("place", "{" + tags[i % 10 == 0 ? 1 : 0] + "}" + i, "g:f", "1");
      }
      pending.await();

      int ofSecond = 0;
      int all = 0;
      for (int round = 0; round < 100; round++) {
        List<String> drawn = draw(redis, 100);
        assertThat(drawn).hasSize(100).doesNotHaveDuplicates();
        all += drawn.size();
        ofSecond += (int) drawn.stream().filter(id -> id.endsWith("0")).count();
      }
      System.out.printf("of the smaller master, with 10 %% of the keys: %d of %d%n", ofSecond, all);
      assertThat((double) ofSecond / all).isBetween(0.085, 0.115);
      assertThat(draw(redis, 500)).as("read as a whole").hasSize(500).doesNotHaveDuplicates();
      DriftReport report =
          new Drift(
                  redis,
                  List.of(new WatchedFeature("g:f", "place", WatchedFeature.Kind.NUMBER)),
                  100,
                  random,
                  Clock.systemUTC())
              .against(Map.of());
      assertThat(report.keys()).isEqualTo(4_000);
      assertThat(report.features().get(0).now().numbers().mean()).isEqualTo(1, within(1e-9));
    }
  }

  private static String[] tagsOfBothMasters() {
    String[] tags = new String[2];
    for (int i = 0; tags[0] == null || tags[1] == null; i++) {
      int slot = SlotHash.getSlot("t" + i);
      tags[slot < 8_192 ? 0 : 1] = "t" + i;
    }
    return tags;
  }

  private List<String> draw(Redis redis, int wanted) {
    return new EntitySampler(redis, random)
        .draw(PLACE, wanted).keys().get("place").stream()
            .map(key -> new String(key, UTF_8).substring("features:place:".length()))
            .toList();
  }

  private static void store(Redis store, String dimension, int entities) {
    Places.Pending pending = new Places.Pending(store);
    IntStream.range(0, entities)
        .forEach(i -> pending.store(dimension, Integer.toString(i), "g:f", "1"));
    pending.await();
  }

  private static int calls(String statistics, String command) {
    for (String line : statistics.split("\r\n")) {
      if (line.startsWith("cmdstat_" + command + ":")) {
        return Integer.parseInt(line.replaceAll(".*:calls=(\\d+).*", "$1"));
      }
    }
    return 0;
  }
}
