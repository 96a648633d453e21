package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.RandomHistory;
import dev.freshet.redis.Redis;
import dev.freshet.state.Archive;
import dev.freshet.state.InMemoryArchive;
import dev.freshet.state.InMemoryDueKeys;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testing.redis.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Tests that every group of the catalogue publishes the values of the oracle, for any order and
 * repetition of events, any batches, shards and crashes.
 *
 * <p>Each history goes through all groups in memory; every twentieth through Redis, too. {@code
 * -Dfreshet.seed=N} runs one history alone, on both.
 */
@Tag("verify")
class ConvergenceTest {

  private static final long START = Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();
  private static final int REDIS_SHARE = 20;
  private static final int LONG_SHARE = 50;

  private static final Logger ENGINE_LOG = (Logger) LoggerFactory.getLogger(Aggregator.class);

  private static final Redis REDIS = TestRedis.shared();

  @BeforeAll
  static void connect() {
    ENGINE_LOG.setLevel(Level.ERROR); // thousands of crashes would be logged
  }

  @AfterAll
  static void disconnect() {
    ENGINE_LOG.setLevel(null);
  }

  @Test
  void randomHistoriesConverge() throws IOException {
    Long seed = Long.getLong("freshet.seed");
    if (seed == null) {
      run(1, 2_000);
    } else {
      inMemory(seed);
      onRedis(seed);
    }
  }

  /** Runs other histories each night. */
  @Test
  @Tag("nightly")
  void aHundredThousandMoreHistories() throws IOException {
    run(LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000_000, 100_000);
  }

  private static void run(long first, int histories) throws IOException {
    long start = System.nanoTime();
    long checked = 0;
    for (long seed = first; seed < first + histories; seed++) {
      checked += inMemory(seed);
      if (seed % REDIS_SHARE == 0) {
        checked += onRedis(seed);
      }
    }
    assertThat(checked).isGreaterThan(20L * histories);
    System.out.printf(
        "%,d histories, seeds %d to %d: %,d results compared in %d ms%n",
        histories,
        first,
        first + histories - 1,
        checked,
        Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private static int inMemory(long seed) throws IOException {
    List<Incoming> arrivals = arrivals(seed);
    int checked = 0;
    for (FeatureGroup group : Oracle.groups()) {
      InMemoryDueKeys state = new InMemoryDueKeys(group, new InMemoryStateStore(group));
      checked += new RandomRun(seed, group, state, state, Archive.NONE, START).play(arrivals);
    }
    return checked;
  }

  private static int onRedis(long seed) throws IOException {
    List<Incoming> arrivals = arrivals(seed);
    REDIS.await(REDIS.pipeline(commands -> commands.flushall()));
    int checked = 0;
    for (FeatureGroup group : Oracle.groups()) {
      Archive archive = new InMemoryArchive();
      var state =
          RedisStateStore.of(group, REDIS, Duration.ofDays(90), 1 << 20, archive, Metrics.NONE);
      var dueKeys = new RedisDueKeys(group, REDIS);
      checked += new RandomRun(seed, group, state, dueKeys, archive, START).play(arrivals);
    }
    return checked;
  }

  /** Mostly short; sometimes so long that the last fifty events evict the first. */
  private static List<Incoming> arrivals(long seed) {
    Random random = new Random(seed);
    boolean isLong = random.nextInt(LONG_SHARE) == 0;
    List<Arrival> arrivals =
        isLong
            ? new RandomHistory(seed, START, 1).arrivals(60 + random.nextInt(60))
            : new RandomHistory(seed, START, 1 + random.nextInt(3)).arrivals(1 + random.nextInt(9));
    return arrivals.stream().map(Incoming::of).toList();
  }
}
