package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
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
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs one random history through the engine of one group: split over shards, each with its own
 * function instance, in batches that fail at any point and are delivered again, with recalculations
 * in between. Every published result must be right, and at the end none may be missing.
 */
final class RandomRun {

  private static final long LONGEST_PAUSE_MILLIS = 600_000;

  private final Random random;
  private final FeatureGroup group;
  private final HandClock clock;
  private final FakeSink results = new FakeSink();
  private final FakeSink deadLetters = new FakeSink();
  private final CrashingStore store;
  private final Recalculator recalculator;
  private final List<Shard> shards;
  private final List<Aggregator> functions;
  private final Published published;

  RandomRun(
      long seed,
      FeatureGroup group,
      StateStore state,
      DueKeys dueKeys,
      Archive archive,
      long startMillis) {
    this.random = new Random(seed);
    this.group = group;
    this.clock = new HandClock(startMillis);
    this.store = new CrashingStore(state);
    this.recalculator =
        new Recalculator(
            group, store, dueKeys, archive, new StreamResults(results), clock, Metrics.NONE);
    int width = 1 + random.nextInt(3);
    this.shards = Stream.generate(Shard::new).limit(width).toList();
    this.functions = Stream.generate(this::function).limit(width).toList();
    this.published = new Published(group, "%s, seed %d".formatted(group.name(), seed), results);
  }

  private Aggregator function() {
    return new Aggregator(
        group,
        store,
        new StreamResults(results),
        deadLetters,
        Duration.ofDays(90),
        clock,
        Metrics.NONE);
  }

  /** Plays the arrivals; returns how many results were compared with the oracle. */
  int play(List<Incoming> arrivals) throws IOException {
    arrivals.forEach(arrival -> shards.get(random.nextInt(shards.size())).add(arrival));
    for (List<Integer> open = open(); !open.isEmpty(); open = open()) {
      if (random.nextInt(4) == 0) {
        recalculate(random.nextInt(3) == 0);
      }
      int shard = open.get(random.nextInt(open.size()));
      step(shards.get(shard), functions.get(shard));
    }
    results.refuse();
    recalculate(false);
    assertThat(deadLetters.records()).isEmpty();
    published.checkComplete(clock.millis());
    return published.checked();
  }

  private List<Integer> open() {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      if (!shards.get(i).isDone()) {
        open.add(i);
      }
    }
    return open;
  }

  /**
   * Processes one batch: it may crash half way, lose results, or be delivered again although it was
   * done.
   */
  private void step(Shard shard, Aggregator function) throws IOException {
    List<Incoming> batch = shard.peek(1 + random.nextInt(8));
    clock.set(Math.max(clock.millis(), batch.get(batch.size() - 1).atMillis()));
    int fate = random.nextInt(12);
    results.refuseIf(
        record -> fate == 0 || (fate == 1 && record.partitionKey().hashCode() % 2 == 0));
    store.crashAfter(fate == 2 ? random.nextInt(3) : CrashingStore.NEVER);
    var report = function.process(batch.stream().map(Incoming::record).toList());
    Set<String> stepped = store.drainStepped();
    published.saw(batch, report.done(), stepped);
    published.check(clock.millis());
    if (fate > 2) {
      assertThat(report.firstUnfinished()).isEmpty();
    }
    shard.advance(fate == 3 ? random.nextInt(batch.size() + 1) : report.done());
  }

  /** Advances time and publishes due keys, unless it fails half way. */
  private void recalculate(boolean failing) throws IOException {
    if (!group.movesWithTime()) {
      return;
    }
    clock.set(clock.millis() + random.nextInt((int) LONGEST_PAUSE_MILLIS));
    boolean crashing = failing && random.nextBoolean();
    results.refuseIf(record -> failing && !crashing);
    store.crashAfter(crashing ? random.nextInt(2) : CrashingStore.NEVER);
    try {
      recalculator.recalculate(() -> false);
    } catch (IllegalStateException | StateStoreException e) {
      assertThat(failing).as(e.getMessage()).isTrue();
    }
    store.drainStepped();
    published.check(clock.millis());
  }
}
