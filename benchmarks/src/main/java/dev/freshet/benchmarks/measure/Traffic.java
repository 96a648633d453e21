package dev.freshet.benchmarks.measure;

import dev.freshet.benchmarks.load.City;
import dev.freshet.benchmarks.load.Deliveries;
import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.load.OrderEvents;
import dev.freshet.benchmarks.load.OrderStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Events for one subject: first those that fill its state, then measured ones. They are made while
 * nothing is measured.
 */
public final class Traffic {

  private static final int MOST_INVOCATIONS = 1_000;

  private static final int LARGEST_BATCH = 10_000;

  private final Deliveries deliveries;
  private final int mostAtOnce;

  /**
   * Events of a city.
   *
   * @param mostAtOnce events that are made at once, unless batches are larger: so many that the
   *     readings around them weigh nothing, and so few that they fit a heap
   */
  public Traffic(City city, Set<OrderStream> streams, int mostAtOnce) {
    this.mostAtOnce = mostAtOnce;
    this.deliveries = new Deliveries(new OrderEvents(city), streams);
  }

  /** Lets a subject handle so many events, unmeasured. */
  public void feed(Subject subject, long eventCount, int batchSize) {
    Latencies unused = new Latencies();
    for (long fed = 0; fed < eventCount; ) {
      int piece = (int) Math.min(eventCount - fed, Math.max(mostAtOnce, batchSize));
      for (Delivery delivery : deliveries.next(piece, batchSize)) {
        subject.handle(delivery, unused);
        fed += delivery.size();
      }
    }
  }

  /** Fills the state of a subject in large batches. */
  public void preload(Subject subject, long eventCount) {
    feed(subject, eventCount, (int) Math.max(1, Math.min(eventCount / 4, LARGEST_BATCH)));
  }

  /** The next events, for a subject that fills its state in its own way. */
  public List<Delivery> next(int eventCount, int batchSize) {
    return deliveries.next(eventCount, batchSize);
  }

  /** Measures a subject until it has worked so long, pauses for making events not counted. */
  public Figures measure(Subject subject, Store store, int batchSize, Duration work) {
    return measure(subject, store, batchSize, work, () -> {});
  }

  /**
   * Measures a subject in pieces.
   *
   * @param between is done between the pieces, unmeasured
   */
  public Figures measure(
      Subject subject, Store store, int batchSize, Duration work, Runnable between) {
    Meter meter = new Meter(store);
    int piece = Math.max(Math.min(mostAtOnce, MOST_INVOCATIONS * batchSize), 2 * batchSize);
    while (meter.wallNanos() < work.toNanos()) {
      meter.measure(subject, deliveries.next(piece, batchSize));
      between.run();
    }
    return Figures.of(meter.cost());
  }
}
