package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.measure.EventCost;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.subject.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures the cost of waiting for a replica: the engine with a Redis that has one, which it waits
 * for or not. All of it shares a machine, so that the network between master and replica costs
 * nothing.
 */
public final class Replication {

  /** Rounds in which both take turns, so that neither has the quieter machine. */
  private static final int ROUNDS = 3;

  private Replication() {}

  /** Returns the medians of the rounds for each batch size; x is how many replicas are awaited. */
  public static List<Point> measure(Workbench bench) {
    bench.store().clear();
    bench.copy().follow(bench.store());
    OrderLoad load = bench.load();
    try (Engine unsafe = engine(bench, 0);
        Engine safe = engine(bench, 1)) {
      load.feed(unsafe, bench.extent().shortWarmUp(), OrderLoad.BATCH_SIZE);
      load.feed(safe, bench.extent().shortWarmUp(), OrderLoad.BATCH_SIZE);
      List<Point> points = new ArrayList<>();
      for (int batchSize : List.of(1, OrderLoad.BATCH_SIZE)) {
        bench.tell("measuring batches of %,d with a replica".formatted(batchSize));
        points.addAll(takingTurns(bench, load, List.of(unsafe, safe), batchSize));
      }
      return points;
    } finally {
      bench.copy().commands().replicaofNoOne();
      bench.copy().clear();
      bench.store().clear();
    }
  }

  private static Engine engine(Workbench bench, int replicas) {
    return Engine.of(bench.store().url(), replicas, Workbench.GROUPS, bench.sink());
  }

  private static List<Point> takingTurns(
      Workbench bench, OrderLoad load, List<Engine> engines, int batchSize) {
    List<List<EventCost>> rounds = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < ROUNDS * engines.size(); i++) {
      int replicas = i % engines.size();
      Engine engine = engines.get(replicas);
      rounds
          .get(replicas)
          .add(load.measure(engine, bench.store(), batchSize, bench.extent().point()));
    }
    return IntStream.range(0, engines.size())
        .mapToObj(
            i -> new Point("replicas waited for", batchSize, i, 0, EventCost.median(rounds.get(i))))
        .toList();
  }
}
