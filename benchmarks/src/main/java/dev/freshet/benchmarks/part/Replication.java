package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.load.City;
import dev.freshet.benchmarks.load.Deliveries;
import dev.freshet.benchmarks.measure.Figures;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.measure.Traffic;
import dev.freshet.benchmarks.subject.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the cost of waiting for a replica: the engine with a Redis that has one, which it waits
 * for or not. All of it shares a machine, so that the network between master and replica costs
 * nothing.
 */
public final class Replication {

  private static final List<Integer> BATCH_SIZES = List.of(1, Deliveries.BATCH_SIZE);

  /** Rounds in which both take turns, so that neither has the quieter machine. */
  private static final int ROUNDS = 3;

  private Replication() {}

  /** For each batch size, the medians of the rounds: x is how many replicas are waited for. */
  public static List<Point> measure(Workbench bench, double ordersPerSecond) {
    bench.store().clear();
    bench.copy().follow(bench.store());
    try {
      City city = City.ofGoals(ordersPerSecond, bench.seed());
      Traffic traffic = new Traffic(city, SideBySide.STREAMS, bench.extent().mostAtOnce());
      try (Engine unsafe = engine(bench, 0);
          Engine safe = engine(bench, 1)) {
        for (Engine engine : List.of(unsafe, safe)) {
          traffic.feed(engine, bench.extent().warmUp(), Deliveries.BATCH_SIZE);
        }
        List<Point> points = new ArrayList<>();
        for (int batchSize : BATCH_SIZES) {
          bench.tell("measuring batches of %,d with a replica".formatted(batchSize));
          points.addAll(takingTurns(bench, traffic, List.of(unsafe, safe), batchSize));
        }
        return points;
      }
    } finally {
      bench.copy().commands().replicaofNoOne();
      bench.copy().clear();
      bench.store().clear();
    }
  }

  private static Engine engine(Workbench bench, int replicas) {
    return Engine.of(bench.store().url(), replicas, SideBySide.GROUPS, bench.sink());
  }

  private static List<Point> takingTurns(
      Workbench bench, Traffic traffic, List<Engine> engines, int batchSize) {
    List<List<Figures>> figures = List.of(new ArrayList<>(), new ArrayList<>());
    Duration work = bench.extent().point();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < engines.size(); i++) {
        figures.get(i).add(traffic.measure(engines.get(i), bench.store(), batchSize, work));
      }
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < engines.size(); i++) {
      points.add(new Point("replicas waited for", batchSize, i, 0, Figures.median(figures.get(i))));
    }
    return points;
  }
}
