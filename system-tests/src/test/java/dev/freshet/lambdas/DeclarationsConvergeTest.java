package dev.freshet.lambdas;

import static dev.freshet.oracle.RandomDeclaration.LONG_TO_LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.examples.Examples;
import dev.freshet.lambdas.DeclarationRun.Declared;
import dev.freshet.lambdas.DeclarationRun.Storage;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.DeclaredHistory;
import dev.freshet.oracle.ExampleGroup;
import dev.freshet.oracle.RandomDeclaration;
import dev.freshet.redis.Redis;
import dev.freshet.state.Archive;
import dev.freshet.state.DueKeys;
import dev.freshet.state.InMemoryArchive;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  private static final long LONG_AGO = START - Duration.ofDays(400).toMillis();

  private static final int LONG_SHARE = 12;
  private static final int EXAMPLE_SEEDS = 8;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long AHEAD = HOUR.toMillis();

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
  void randomDeclarationsPublishTheirFeatures() throws IOException {
    Long seed = Long.getLong("freshet.seed");
    if (seed == null) {
      run(1, Integer.getInteger("freshet.declarations", 150));
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
      REDIS.await(REDIS.pipeline(commands -> commands.flushall()));
      Declarations.declare(REDIS, declared.group(), LONG_AGO);
      Declarations.noteBackfilled(REDIS, declared.group(), START);
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

  /** Card payments and ride-hailing, as teams declare them. */
  @ParameterizedTest
  @EnumSource
  void exampleGroupsPublishTheirFeatures(ExampleGroup example) throws IOException {
    int checked = 0;
    for (long seed = 1; seed <= EXAMPLE_SEEDS; seed++) {
      REDIS.await(REDIS.pipeline(commands -> commands.flushall()));
      List<Incoming> arrivals =
          Examples.history(example, seed, 200, START).stream().map(Incoming::of).toList();
      Declared declared =
          new Declared(
              Examples.group(example), example.oracle(LONG_TO_LIVE), HOUR, example.toString());
      checked +=
          new DeclarationRun(seed, declared, new OnRedis(), LONG_TO_LIVE, START - AHEAD)
              .play(arrivals);
    }
    assertThat(checked).isGreaterThan(40 * EXAMPLE_SEEDS);
  }

  private static int play(long seed, RandomDeclaration random, Storage storage, Duration timeToLive)
      throws IOException {
    Random sizes = new Random(seed);
    int items = sizes.nextInt(LONG_SHARE) == 0 ? 40 + sizes.nextInt(40) : 1 + sizes.nextInt(15);
    List<Incoming> arrivals =
        new DeclaredHistory(random, seed, START)
            .arrivals(items).stream().map(Incoming::of).toList();
    Declared declared =
        new Declared(random.group(), random.oracle(timeToLive), random.scale(), random.toString());
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
    public Archive archive() {
      return Archive.NONE;
    }

    @Override
    public boolean storesBeforeItAnswers() {
      return false;
    }
  }

  /** In Redis: each function has a cache of its own. */
  private static final class OnRedis implements Storage {
    private final Archive archive = new InMemoryArchive();

    @Override
    public Archive archive() {
      return archive;
    }

    @Override
    public StateStore store(FeatureGroup group, Duration timeToLive, long cacheBytes) {
      return RedisStateStore.of(group, REDIS, timeToLive, cacheBytes, archive, Metrics.NONE);
    }

    @Override
    public DueKeys dueKeys(FeatureGroup group) {
      return new RedisDueKeys(group, REDIS);
    }

    @Override
    public boolean storesBeforeItAnswers() {
      return true;
    }
  }
}
