package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.subject.Engine;
import dev.freshet.definition.Catalogue;
import dev.freshet.result.ResultRecords;
import dev.freshet.stream.OutgoingRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The engine of all feature groups of the reference catalogue, over the same events.
 *
 * @param batches x is the batch size
 * @param resultsPerEvent at the batch size of the goals
 * @param bytesPerResult on average
 */
public record AllGroups(List<Point> batches, double resultsPerEvent, double bytesPerResult) {

  private static final List<Integer> BATCH_SIZES = List.of(1, 20, OrderLoad.BATCH_SIZE);

  /** Whole batches, whose results are counted. */
  private static final int COUNTED_EVENTS = 20 * OrderLoad.BATCH_SIZE;

  public static AllGroups measure(Workbench bench) {
    bench.store().clear();
    OrderLoad load = bench.load();
    List<Point> points = new ArrayList<>();
    List<OutgoingRecord> results = new ArrayList<>();
    try (Engine engine =
        Engine.of(
            bench.store().url(),
            Catalogue.load().groups(),
            batch -> {
              results.addAll(points.size() < BATCH_SIZES.size() ? List.of() : batch);
              return new BitSet(0);
            })) {
      bench.tell("filling the state of all groups");
      load.preload(engine, bench.preload());
      for (int batchSize : BATCH_SIZES) {
        bench.tell("measuring all groups with batches of %,d".formatted(batchSize));
        points.add(bench.point("all groups", engine, load, batchSize, batchSize, 0));
      }
      load.feed(engine, COUNTED_EVENTS, OrderLoad.BATCH_SIZE);
    } finally {
      bench.store().clear();
    }
    long bytes = results.stream().mapToLong(record -> record.data().length).sum();
    long count =
        results.stream()
            .mapToLong(record -> ResultRecords.lines(ByteBuffer.wrap(record.data())).size())
            .sum();
    return new AllGroups(points, count / (double) COUNTED_EVENTS, bytes / (double) count);
  }
}
