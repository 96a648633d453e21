package dev.freshet.benchmarks.measure;

import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.load.StreamBatches;
import dev.freshet.city.SimulatedCity;
import dev.freshet.city.SteadyCity;
import dev.freshet.operations.events.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Events for one subject: first those that fill its state, then measured ones. They are generated
 * while nothing is measured.
 */
public final class OrderLoad {

  /** The batch size of the goals, which is that of the deployed mappings. */
  public static final int BATCH_SIZE = 500;

  /** Any instant does: time is what the events say it is. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final int MOST_INVOCATIONS = 1_000;
  private static final int LARGEST_BATCH = 10_000;

  private final SimulatedCity events;
  private final Set<String> streams;
  private final int mostAtOnce;
  private final StreamBatches batches = new StreamBatches();

  /**
   * @param streams that are read; events of others are left out
   * @param mostAtOnce events that are generated at once, unless batches are larger: so many that
   *     the readings around them weigh nothing, and so few that they fit a heap
   */
  public OrderLoad(SteadyCity city, Set<String> streams, int mostAtOnce) {
    this.events = city.from(START);
    this.streams = streams;
    this.mostAtOnce = mostAtOnce;
  }

  /**
   * Returns the next batches in the order in which they are full: so many events, or a few more.
   */
  public List<Delivery> next(int eventCount, int batchSize) {
    List<Delivery> full = new ArrayList<>();
    while ((long) full.size() * batchSize < eventCount) {
      OutgoingEvent event = events.next();
      if (streams.contains(event.stream())) {
        batches.add(event, batchSize).ifPresent(full::add);
      }
    }
    return full;
  }

  /** Lets a subject handle so many events, unmeasured. */
  public void feed(Subject subject, long eventCount, int batchSize) {
    for (long fed = 0; fed < eventCount; ) {
      int piece = (int) Math.min(eventCount - fed, Math.max(mostAtOnce, batchSize));
      for (Delivery delivery : next(piece, batchSize)) {
        subject.handle(delivery, nanos -> {});
        fed += delivery.size();
      }
    }
  }

  /** Fills the state of a subject in large batches. */
  public void preload(Subject subject, long eventCount) {
    feed(subject, eventCount, (int) Math.max(1, Math.min(eventCount / 4, LARGEST_BATCH)));
  }

  /** Measures a subject until it has worked so long; generating events does not count. */
  public EventCost measure(Subject subject, RedisNode redis, int batchSize, Duration work) {
    return measure(subject, redis, batchSize, work, () -> {});
  }

  /**
   * Measures a subject in pieces.
   *
   * @param between is done between the pieces, unmeasured
   */
  public EventCost measure(
      Subject subject, RedisNode redis, int batchSize, Duration work, Runnable between) {
    Meter meter = new Meter(redis);
    int piece = Math.max(Math.min(mostAtOnce, MOST_INVOCATIONS * batchSize), 2 * batchSize);
    while (meter.wallNanos() < work.toNanos()) {
      meter.measure(subject, next(piece, batchSize));
      between.run();
    }
    return meter.cost();
  }
}
