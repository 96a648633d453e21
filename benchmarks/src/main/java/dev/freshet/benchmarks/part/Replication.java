package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.measure.EventCost;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.measure.Workload;
import dev.freshet.benchmarks.subject.Engine;
import java.util.ArrayList;
import java.util.List;

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
    Workload workload = bench.workload();
    try (Engine unsafe = engine(bench, 0);
        Engine safe = engine(bench, 1)) {
      workload.feed(unsafe, bench.extent().warmUp(), Workload.BATCH_SIZE);
      workload.feed(safe, bench.extent().warmUp(), Workload.BATCH_SIZE);
      List<Point> points = new ArrayList<>();
      for (int batchSize : List.of(1, Workload.BATCH_SIZE)) {
        bench.tell("measuring batches of %,d with a replica".formatted(batchSize));
        points.addAll(takingTurns(bench, workload, List.of(unsafe, safe), batchSize));
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
      Workbench bench, Workload workload, List<Engine> engines, int batchSize) {
    List<List<EventCost>> rounds = List.of(new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < engines.size(); i++) {
        Engine engine = engines.get(i);
        rounds
            .get(i)
            .add(workload.measure(engine, bench.store(), batchSize, bench.extent().point()));
      }
    }
    return List.of(point(batchSize, 0, rounds), point(batchSize, 1, rounds));
  }

  private static Point point(int batchSize, int replicas, List<List<EventCost>> rounds) {
    EventCost median = EventCost.median(rounds.get(replicas));
    return new Point("replicas waited for", batchSize, replicas, 0, median);
  }
}
