package dev.freshet.lambdas;

import static dev.freshet.oracle.RandomDeclaration.LONG_TO_LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.lambdas.DeclarationRun.Storage;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.DeclaredHistory;
import dev.freshet.oracle.RandomDeclaration;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys;
import dev.freshet.state.InMemoryDueKeys;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.StateStore;
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
 * Tests that, for any declaration and any history, the published values equal those of an oracle
 * that interprets the declaration.
 *
 * <p>Each declaration gets its own history, in memory and on Redis. {@code -Dfreshet.seed=N} runs
 * one alone, {@code -Dfreshet.declarations=N} runs N.
 */
@Tag("verify")
class DeclarationsConvergeTest {

  private static final long START = Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();
  private static final int LONG_SHARE = 12;
  private static final long AHEAD = Duration.ofHours(1).toMillis();

  private static final Logger ENGINE_LOG = (Logger) LoggerFactory.getLogger(Aggregator.class);

  private static Redis redis;

  @BeforeAll
  static void connect() {
    redis = TestRedis.connect();
    ENGINE_LOG.setLevel(Level.ERROR); // thousands of crashes would be logged
  }

  @AfterAll
  static void disconnect() {
    ENGINE_LOG.setLevel(null);
    redis.close();
  }

  @Test
  void randomDeclarationsPublishTheirFeatures() throws IOException {
    Long seed = Long.getLong("freshet.seed");
    if (seed == null) {
      run(1, Integer.getInteger("freshet.declarations", 300));
    } else {
      run(seed, 1);
    }
  }

  /** Runs other declarations each night. */
  @Test
  @Tag("nightly")
  void tenThousandMoreDeclarations() throws IOException {
    run(LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000_000, 10_000);
  }

  private static void run(long first, int declarations) throws IOException {
    long start = System.nanoTime();
    long checked = 0;
    for (long seed = first; seed < first + declarations; seed++) {
      RandomDeclaration declared = new RandomDeclaration(seed);
      checked += play(seed, declared, new InMemory(declared.group()), LONG_TO_LIVE);
      redis.await(redis.pipeline(commands -> commands.flushall()));
      checked += play(seed, declared, new OnRedis(), declared.timeToLive());
    }
    assertThat(checked).isGreaterThan(20L * declarations);
    System.out.printf(
        "%,d declarations, seeds %d to %d: %,d results compared in %d ms%n",
        declarations,
        first,
        first + declarations - 1,
        checked,
        Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private static int play(
      long seed, RandomDeclaration declared, Storage storage, Duration timeToLive)
      throws IOException {
    Random random = new Random(seed);
    int orders = random.nextInt(LONG_SHARE) == 0 ? 40 + random.nextInt(40) : 1 + random.nextInt(15);
    List<Incoming> arrivals =
        new DeclaredHistory(declared, seed, START)
            .arrivals(orders).stream().map(Incoming::of).toList();
    return new DeclarationRun(seed, declared, storage, timeToLive, START - AHEAD).play(arrivals);
  }

  /** On the heap: functions share it. */
  private static final class InMemory implements Storage {
    private final InMemoryDueKeys state;

    InMemory(FeatureGroup group) {
      state = new InMemoryDueKeys(group, new InMemoryStateStore(group));
    }

    @Override
    public StateStore store(FeatureGroup group, Duration timeToLive, long cacheBytes) {
      return state;
    }

    @Override
    public DueKeys dueKeys(FeatureGroup group) {
      return state;
    }

    @Override
    public boolean storesBeforeItAnswers() {
      return false;
    }
  }

  /** In Redis: each function has a cache of its own. */
  private static final class OnRedis implements Storage {
    @Override
    public StateStore store(FeatureGroup group, Duration timeToLive, long cacheBytes) {
      return RedisStateStore.of(group, redis, timeToLive, cacheBytes, Metrics.NONE);
    }

    @Override
    public DueKeys dueKeys(FeatureGroup group) {
      return new RedisDueKeys(group, redis);
    }

    @Override
    public boolean storesBeforeItAnswers() {
      return true;
    }
  }
}
