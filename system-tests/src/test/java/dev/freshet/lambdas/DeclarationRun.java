package dev.freshet.lambdas;

import static dev.freshet.oracle.RandomDeclaration.LONG_TO_LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.DeclarationOracle;
import dev.freshet.result.StreamResults;
import dev.freshet.state.Archive;
import dev.freshet.state.DueKeys;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.FakeSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Runs one random history through the engine of one declaration: functions take turns at an entity,
 * die at any point, lose their cache, lose results, and get batches again, with recalculations in
 * between. Every published result must be right, and at the end none may be missing.
 */
final class DeclarationRun {

  /** Longer than any window and any event ahead. */
  private static final Duration ALL_OVER = Duration.ofDays(100);

  /** Longer than a history without pauses. */
  private static final Duration LONG_LATENESS = Duration.ofDays(30);

  private final Random random;
  private final FeatureGroup group;
  private final Storage storage;
  private final Duration timeToLive;
  private final long scaleMillis;
  private final int stepsOfTurn;

  /** An event that is late by the time its failed batch comes again is not published again. */
  private final boolean mayFail;

  private final HandClock clock;
  private final FakeSink results = new FakeSink();
  private final FakeSink deadLetters = new FakeSink();
  private final DeclaredResults published;
  private final List<Shard> shards = new ArrayList<>();
  private final List<Function> functions = new ArrayList<>();
  private int turn;

  /** A place for state. */
  interface Storage {

    /** Returns a state store of a function that starts, with or without a cache. */
    StateStore store(FeatureGroup group, Duration timeToLive, long cacheBytes);

    DueKeys dueKeys(FeatureGroup group);

    Archive archive();

    /**
     * Returns whether a function that dies while it gets its answers has stored the whole batch.
     */
    boolean storesBeforeItAnswers();
  }

  /**
   * A declaration under test.
   *
   * @param oracle has seen nothing yet
   * @param scale the time that the lengths of its windows are multiples of
   */
  record Declared(FeatureGroup group, DeclarationOracle oracle, Duration scale, String text) {}

  /** A function instance, which may die. */
  private record Function(CrashingStore store, Aggregator aggregator, Recalculator recalculator) {}

  DeclarationRun(
      long seed, Declared declared, Storage storage, Duration timeToLive, long startMillis) {
    this.random = new Random(seed);
    this.group = declared.group();
    this.storage = storage;
    this.timeToLive = timeToLive;
    this.scaleMillis = declared.scale().toMillis();
    this.mayFail = timeToLive.equals(LONG_TO_LIVE) && !isLateSoon(group);
    this.clock = new HandClock(startMillis);
    this.published =
        new DeclaredResults(
            declared.oracle(), "seed %d, %s".formatted(seed, declared.text()), results);
    this.stepsOfTurn = random.nextBoolean() ? 1 : 1 + random.nextInt(30);
    int width = 1 + random.nextInt(3);
    for (int i = 0; i < width; i++) {
      shards.add(new Shard());
      functions.add(newFunction());
    }
  }

  private static boolean isLateSoon(FeatureGroup group) {
    return group.hasHistory() && group.lateness().compareTo(LONG_LATENESS) < 0;
  }

  private Function newFunction() {
    long[] cacheBytes = {0, 4_000, 1 << 20};
    CrashingStore store =
        new CrashingStore(storage.store(group, timeToLive, cacheBytes[random.nextInt(3)]));
    return new Function(
        store,
        new Aggregator(
            group, store, new StreamResults(results), deadLetters, timeToLive, clock, Metrics.NONE),
        new Recalculator(
            group,
            store,
            storage.dueKeys(group),
            storage.archive(),
            new StreamResults(results),
            clock,
            Metrics.NONE));
  }

  /** Plays the arrivals; returns how many results were compared with the oracle. */
  int play(List<Incoming> arrivals) throws IOException {
    arrivals.forEach(arrival -> shards.get(random.nextInt(shards.size())).add(arrival));
    for (List<Shard> open = open(); !open.isEmpty(); open = open()) {
      if (random.nextInt(8) == 0) {
        functions.set(random.nextInt(functions.size()), newFunction());
      }
      if (random.nextInt(4) == 0) {
        recalculate(pauseMillis(), random.nextInt(3) == 0);
      }
      step(open.get(random.nextInt(open.size())));
    }
    recalculate(0, false);
    published.checkComplete(clock.millis());
    recalculate(ALL_OVER.toMillis(), false);
    published.checkComplete(clock.millis());
    assertThat(storage.dueKeys(group).next()).isEmpty();
    assertThat(deadLetters.texts()).isEmpty();
    return published.checked();
  }

  private List<Shard> open() {
    return shards.stream().filter(shard -> !shard.isDone()).toList();
  }

  /** Turns may be long, so the caches of the other functions are old. */
  private Function anyFunction() {
    if (random.nextInt(stepsOfTurn) == 0) {
      turn = random.nextInt(functions.size());
    }
    return functions.get(turn);
  }

  /**
   * Processes one batch: its function may die half way, lose results, or get the batch again
   * although it was done.
   */
  private void step(Shard shard) throws IOException {
    Function function = anyFunction();
    List<Incoming> batch = shard.peek(1 + random.nextInt(6));
    clock.set(Math.max(clock.millis(), batch.get(batch.size() - 1).atMillis()));
    int fate = mayFail ? random.nextInt(14) : 4 + random.nextInt(10);
    results.refuseIf(
        record -> fate == 0 || (fate == 1 && record.partitionKey().hashCode() % 2 == 0));
    function.store().crashAfter(fate == 2 ? random.nextInt(3) : CrashingStore.NEVER);
    boolean deaf = fate == 3 && storage.storesBeforeItAnswers();
    function.store().dieAfterAnswers(deaf ? random.nextInt(3) : CrashingStore.NEVER);
    var report = function.aggregator().process(batch.stream().map(Incoming::record).toList());
    published.saw(batch, report.done(), function.store().drainStepped(), clock.millis());
    published.check(clock.millis());
    if (fate > 3) {
      assertThat(report.firstUnfinished()).isEmpty();
    }
    shard.advance(fate == 4 ? random.nextInt(batch.size() + 1) : report.done());
  }

  /** Often advances to exactly the instant at which a feature changes, or a millisecond before. */
  private long pauseMillis() {
    long untilNext = published.nextChange(clock.millis()).orElse(0) - clock.millis();
    boolean isNear = untilNext > 0 && untilNext < scaleMillis;
    return isNear && random.nextBoolean()
        ? untilNext - random.nextInt(2)
        : random.nextInt(9) * scaleMillis / 32;
  }

  /** Advances time and publishes due entities, unless it fails half way. */
  private void recalculate(long pauseMillis, boolean failing) throws IOException {
    clock.set(clock.millis() + pauseMillis);
    if (!group.movesWithTime()) {
      return;
    }
    Function function = anyFunction();
    boolean crashing = failing && random.nextBoolean();
    results.refuseIf(record -> failing && !crashing);
    function.store().crashAfter(crashing ? random.nextInt(2) : CrashingStore.NEVER);
    function.store().dieAfterAnswers(CrashingStore.NEVER);
    try {
      function.recalculator().recalculate(() -> false);
    } catch (IllegalStateException | StateStoreException e) {
      assertThat(failing).as(e.getMessage()).isTrue();
    }
    function.store().drainStepped();
    published.check(clock.millis());
    if (!failing) {
      published.checkRecalculated(clock.millis());
    }
  }
}
