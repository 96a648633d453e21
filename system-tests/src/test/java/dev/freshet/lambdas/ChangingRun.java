package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.DeclarationOracle;
import dev.freshet.oracle.RandomDeclaration;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.StreamResults;
import dev.freshet.state.InMemoryArchive;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.FakeSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Runs one random history on Redis through one group whose declaration changes now and then, or
 * goes back to an earlier one. A result that says nothing of missing events must be that of the
 * whole history.
 */
final class ChangingRun {

  private static final int USUAL_STEPS = 12;

  /** An instant farther ahead stands for one that depends on events to come. */
  private static final Duration UNKNOWN = Duration.ofDays(80);

  /** For so long a function of an earlier declaration may still be at work. */
  private static final Duration OVERLAP = Duration.ofMinutes(15);

  private static final Duration ALL_OVER = Duration.ofDays(45);

  private final Random random;
  private final long seed;
  private final Redis redis;
  private final HandClock clock;
  private final InMemoryArchive archive = new InMemoryArchive();
  private final FakeSink results = new FakeSink();
  private final List<RandomDeclaration> declarations = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private final Map<String, FeatureResult> last = new HashMap<>();
  private RandomDeclaration present;
  private Function function;
  private Function earlier;
  private DeclarationOracle oracle;
  private long changedMillis;
  private int complete;
  private int incomplete;

  private record Function(Aggregator aggregator, Recalculator recalculator) {}

  ChangingRun(long seed, RandomDeclaration first, Redis redis, long startMillis) {
    this.random = new Random(seed);
    this.seed = seed;
    this.redis = redis;
    this.clock = new HandClock(startMillis);
    this.oracle = first.oracle(RandomDeclaration.LONG_TO_LIVE);
    turnTo(first);
    Declarations.noteBackfilled(redis, first.group(), changedMillis);
    earlier = function;
  }

  /** The results without a mark, all of which were right. */
  int complete() {
    return complete;
  }

  /** The results that said from when on they are complete. */
  int incomplete() {
    return incomplete;
  }

  void play(List<Incoming> arrivals) throws IOException {
    for (int next = 0; next < arrivals.size(); ) {
      if (random.nextInt(USUAL_STEPS) == 0) {
        turnTo(
            random.nextInt(3) == 0
                ? declarations.get(random.nextInt(declarations.size()))
                : present.changed(random.nextLong()));
      } else if (random.nextInt(6) == 0) {
        function = newFunction();
      }
      if (random.nextInt(4) == 0 && clock.millis() < changedMillis + OVERLAP.toMillis()) {
        next += processByEarlier(arrivals, next);
        continue;
      }
      if (random.nextInt(3) == 0) {
        recalculate(random.nextInt(9) * present.scale().toMillis() / 32);
      }
      int end = Math.min(arrivals.size(), next + 1 + random.nextInt(6));
      process(arrivals.subList(next, end));
      next = end;
    }
    recalculate(0);
    recalculate(ALL_OVER.toMillis());
  }

  /** Deploys another declaration. Its instant is that of the test, not of the server. */
  private void turnTo(RandomDeclaration next) {
    clock.set(clock.millis() + 1);
    earlier = function;
    present = next;
    declarations.add(next);
    oracle = next.oracle(oracle);
    changedMillis = clock.millis();
    last.clear();
    history.add("at %d: %s".formatted(changedMillis, next));
    Declarations.declare(redis, next.group(), changedMillis);
    function = newFunction();
  }

  private Function newFunction() {
    FeatureGroup group = present.group();
    long[] cacheBytes = {0, 4_000, 1 << 20};
    Duration timeToLive = RandomDeclaration.LONG_TO_LIVE;
    var store =
        RedisStateStore.of(
            group, redis, timeToLive, cacheBytes[random.nextInt(3)], archive, Metrics.NONE);
    store.apply(List.of(), clock.millis()); // declares
    FakeSink letters = new FakeSink();
    return new Function(
        new Aggregator(
            group, store, new StreamResults(results), letters, timeToLive, clock, Metrics.NONE),
        new Recalculator(
            group,
            store,
            new RedisDueKeys(group, redis),
            archive,
            new StreamResults(results),
            clock,
            Metrics.NONE));
  }

  /**
   * A function of the declaration before works as long as an invocation may last; what it publishes
   * is soon replaced. Returns how many events it processed.
   */
  private int processByEarlier(List<Incoming> arrivals, int next) throws IOException {
    List<Incoming> batch =
        arrivals.subList(next, Math.min(arrivals.size(), next + 1 + random.nextInt(4))).stream()
            .filter(each -> each.atMillis() < changedMillis + OVERLAP.toMillis())
            .toList();
    if (!batch.isEmpty()) {
      clock.set(Math.max(clock.millis(), batch.get(batch.size() - 1).atMillis()));
      var report = earlier.aggregator().process(batch.stream().map(Incoming::record).toList());
      assertThat(report.firstUnfinished()).as(run()).isEmpty();
      batch.forEach(each -> oracle.saw(each.event(), clock.millis()));
      results.drainResults().forEach(result -> last.remove(result.key()));
    }
    return batch.size();
  }

  private void process(List<Incoming> batch) throws IOException {
    clock.set(Math.max(clock.millis(), batch.get(batch.size() - 1).atMillis()));
    var report = function.aggregator().process(batch.stream().map(Incoming::record).toList());
    assertThat(report.firstUnfinished()).as(run()).isEmpty();
    batch.forEach(each -> oracle.saw(each.event(), clock.millis()));
    check();
  }

  private void recalculate(long pauseMillis) throws IOException {
    clock.set(clock.millis() + pauseMillis);
    if (present.group().movesWithTime()) {
      function.recalculator().recalculate(() -> false);
      check();
      for (FeatureResult each : last.values()) {
        compare(each);
      }
    }
  }

  private void check() throws IOException {
    for (FeatureResult result : results.drainResults()) {
      FeatureResult before = last.put(result.key(), result);
      if (before != null && before.completeSince().isPresent() && !isUnknown(before)) {
        boolean isOver = before.completeSince().getAsLong() <= clock.millis();
        assertThat(isOver && result.completeSince().isPresent())
            .as("%s was to be complete since %s, %s", result, before.completeSince(), run())
            .isFalse();
      }
      compare(result);
    }
  }

  /** Returns whether events to come decide; the instant is put off until they do. */
  private static boolean isUnknown(FeatureResult result) {
    return result.completeSince().getAsLong() > result.computedAt() + UNKNOWN.toMillis();
  }

  private void compare(FeatureResult result) {
    long now = clock.millis();
    if (result.completeSince().isPresent()) {
      incomplete++;
      long since = result.completeSince().getAsLong();
      long longest = changedMillis + present.longestAge().toMillis() + 2 * 3_600_000L;
      assertThat(since <= longest || isUnknown(result))
          .as("%s is incomplete for too long, %s", result, run())
          .isTrue();
      return;
    }
    complete++;
    Map<String, Object> found = new HashMap<>();
    for (FeatureValue each : result.features()) {
      found.put(each.name(), each.text() == null ? (Object) each.value() : each.text());
    }
    assertThat(oracle.difference(found, result.key(), now))
        .as("%s at %d, computed at %d, %s", result.key(), now, result.computedAt(), run())
        .isNull();
    assertThat(oracle.isValidUntil(result.validUntil(), result.key(), now))
        .as("valid until of %s at %d, %s", result, now, run())
        .isTrue();
  }

  private String run() {
    return "seed %d, %s".formatted(seed, String.join("\n", history));
  }
}
