package dev.freshet.benchmarks;

import java.util.List;
import java.util.Set;

/**
 * Events for one subject: first those that fill its state, then measured ones. They are made while
 * nothing is measured.
 */
final class Traffic {

  /**
   * So many that the two readings around a piece weigh nothing, and so few that they fit a heap.
   */
  private static final int PIECE = 20_000;

  private static final int LARGEST_BATCH = 10_000;

  private final Deliveries deliveries;

  Traffic(City city, Set<OrderStream> streams) {
    this.deliveries = new Deliveries(new OrderEvents(city), streams);
  }

  /** Lets a subject handle so many events, unmeasured. */
  void feed(Subject subject, long eventCount, int batchSize) {
    Latencies unused = new Latencies();
    for (long fed = 0; fed < eventCount; ) {
      int piece = (int) Math.min(eventCount - fed, Math.max(PIECE, batchSize));
      for (Delivery delivery : deliveries.next(piece, batchSize)) {
        subject.handle(delivery, unused);
        fed += delivery.size();
      }
    }
  }

  /** Fills the state of a subject in the largest batches. */
  void preload(Subject subject, long eventCount) {
    feed(subject, eventCount, LARGEST_BATCH);
  }

  /** The next events, for a subject that fills its state in its own way. */
  List<Delivery> next(int eventCount, int batchSize) {
    return deliveries.next(eventCount, batchSize);
  }

  /** Measures a subject until it has worked so long, pauses for making events not counted. */
  Cost measure(Subject subject, Store store, int batchSize, long workNanos) {
    Meter meter = new Meter(store);
    int piece = Math.max(Math.min(PIECE, 400 * batchSize), 2 * batchSize);
    while (meter.wallNanos() < workNanos) {
      meter.measure(subject, deliveries.next(piece, batchSize));
    }
    return meter.cost();
  }
}
