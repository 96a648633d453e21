package dev.freshet.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The batches of a city's events, in the order in which they are full. */
public final class Deliveries {

  /** The batch size of the goals, which is that of the deployed mappings. */
  public static final int BATCH_SIZE = 500;

  private final OrderEvents events;
  private final Set<OrderStream> streams;
  private final Batches batches = new Batches();

  /**
   * Batches of some streams.
   *
   * @param streams that are read; events of others are left out
   */
  public Deliveries(OrderEvents events, Set<OrderStream> streams) {
    this.events = events;
    this.streams = streams;
  }

  /** The next batches, together of so many events or a few more. */
  public List<Delivery> next(int eventCount, int batchSize) {
    List<Delivery> full = new ArrayList<>();
    for (int delivered = 0; delivered < eventCount; ) {
      SourceEvent event = events.next();
      if (streams.contains(event.stream())) {
        Optional<Delivery> delivery = batches.add(event, batchSize);
        delivery.ifPresent(full::add);
        delivered += delivery.isPresent() ? delivery.get().size() : 0;
      }
    }
    return full;
  }
}
