package dev.freshet.benchmarks.serving;

import dev.freshet.benchmarks.measure.EventCost;
import dev.freshet.benchmarks.measure.Meter;
import dev.freshet.benchmarks.measure.RedisNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * The cost of reading rows, each of another entity, by one thread.
 *
 * @param rows read together
 * @param features of each row
 * @param p50Micros of a read of all rows
 * @param rowsPerSecond of one thread that waits for each read
 * @param clientMicros processor time of this process a row
 * @param redisMicros processor time of the server a row
 * @param allocatedBytes of this process a row
 */
public record Serving(
    String subject,
    int rows,
    int features,
    double p50Micros,
    double p99Micros,
    double rowsPerSecond,
    double clientMicros,
    double redisMicros,
    double allocatedBytes) {

  private static final List<Integer> ROWS = List.of(1, 10, 100);
  private static final List<Integer> FEATURES = List.of(10, 50, 250);

  /** Parts of a measurement, in turn with those of the other subject. */
  private static final int TURNS = 5;

  /** Reads rows of entities from one on. */
  interface Reads {
    void read(int firstEntity, int rows);
  }

  /** Measures all sizes; both subjects in turn, so that they share what else the machine does. */
  public static List<Serving> measure(RedisNode redis, Duration work, Consumer<String> progress) {
    List<Serving> results = new ArrayList<>();
    for (int features : FEATURES) {
      progress.accept("storing entities of %d features".formatted(features));
      try (ServedEntities entities = ServedEntities.store(redis, features)) {
        for (int rows : ROWS) {
          progress.accept("reading %d rows of %d features".formatted(rows, features));
          Run freshet = new Run(redis, rows, entities::read);
          Run alone = new Run(redis, rows, entities::readAlone);
          // The first turn warms up.
          for (int turn = 0; turn <= TURNS; turn++) {
            freshet.take(work.dividedBy(TURNS), turn > 0);
            alone.take(work.dividedBy(TURNS), turn > 0);
          }
          results.add(freshet.result("Freshet", features));
          results.add(alone.result("Redis alone", features));
        }
      } finally {
        redis.clear();
      }
    }
    return results;
  }

  /** A subject with rows of one size. */
  private static final class Run {

    private final Meter meter;
    private final int rows;
    private final Reads reads;
    private final DescriptiveStatistics nanos = new DescriptiveStatistics();
    private int next;

    Run(RedisNode redis, int rows, Reads reads) {
      this.meter = new Meter(redis);
      this.rows = rows;
      this.reads = reads;
    }

    void take(Duration work, boolean isMeasured) {
      if (isMeasured) {
        meter.measure(() -> take(work));
      } else {
        take(work);
        nanos.clear();
      }
    }

    private void take(Duration work) {
      long start = System.nanoTime();
      long end = start + work.toNanos();
      while (start < end) {
        reads.read(next, rows);
        next = (next + rows) % ServedEntities.NUMBER;
        long now = System.nanoTime();
        nanos.addValue(now - start);
        start = now;
      }
    }

    Serving result(String subject, int features) {
      meter.count(nanos.getN() * rows);
      EventCost ofRow = meter.cost();
      return new Serving(
          subject,
          rows,
          features,
          nanos.getPercentile(50) / 1e3,
          nanos.getPercentile(99) / 1e3,
          ofRow.eventsPerSecond(),
          ofRow.jvmMicros(),
          ofRow.redisMicros(),
          ofRow.allocatedBytes());
    }
  }
}
