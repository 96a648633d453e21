package dev.freshet.operations.events;

import dev.freshet.kinesis.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts events into their streams, several streams at a time.
 *
 * <p>Records of one stream and partition key are acknowledged in the order in which one call of
 * {@link #putAll} hands them over. A record may arrive twice when an answer is lost on the way.
 */
public final class EventPutter implements AutoCloseable {

  private static final int LANES = 5;
  private static final int ROUND_EVENTS = 5_000;
  private static final long ROUND_BYTES = 16L << 20;

  private final AtomicLong acknowledged = new AtomicLong();
  private final ExecutorService lanes = Executors.newFixedThreadPool(LANES, EventPutter::lane);
  private final BatchSender sender;

  /** Makes ten attempts over about 16 seconds, from 50 ms to 5 s apart. */
  public EventPutter(StreamWriter writer) {
    this(writer, Retries.inRealTime(10, Duration.ofMillis(50), Duration.ofSeconds(5)));
  }

  EventPutter(StreamWriter writer, Retries retries) {
    this.sender = new BatchSender(writer, retries, acknowledged::addAndGet);
  }

  /** How many records were acknowledged so far, by all calls. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** {@link #putAll(Iterator)} for events that are already at hand. */
  public void putAll(Iterable<OutgoingEvent> events) {
    putAll(events.iterator());
  }

  /**
   * Returns once every event is acknowledged; holds a few thousand of them at a time.
   *
   * @throws EventPutException if a stream refuses for good, or the thread is interrupted
   */
  public void putAll(Iterator<OutgoingEvent> events) {
    while (events.hasNext()) {
      putRound(nextRound(events));
    }
  }

  private static Map<String, List<OutgoingEvent>> nextRound(Iterator<OutgoingEvent> events) {
    Map<String, List<OutgoingEvent>> byStream = new LinkedHashMap<>();
    long bytes = 0;
    for (int taken = 0; taken < ROUND_EVENTS && bytes < ROUND_BYTES && events.hasNext(); taken++) {
      OutgoingEvent event = events.next();
      byStream.computeIfAbsent(event.stream(), stream -> new ArrayList<>()).add(event);
      bytes += event.sizeBytes();
    }
    return byStream;
  }

  private void putRound(Map<String, List<OutgoingEvent>> byStream) {
    List<Future<?>> puts = new ArrayList<>();
    byStream.forEach((stream, events) -> puts.add(lanes.submit(() -> put(stream, events))));
    try {
      for (Future<?> put : puts) {
        put.get();
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventPutException("interrupted", e);
    } finally {
      puts.forEach(put -> put.cancel(true));
    }
  }

  private Void put(String stream, List<OutgoingEvent> events) throws InterruptedException {
    for (List<OutgoingEvent> batch : Batches.of(events)) {
      sender.send(stream, batch);
    }
    return null;
  }

  private static RuntimeException failure(Throwable cause) {
    return cause instanceof EventPutException known
        ? known
        : new EventPutException(String.valueOf(cause.getMessage()), cause);
  }

  /** Stops at once; events of a call that has not returned may stay behind. */
  @Override
  public void close() {
    lanes.shutdownNow();
  }

  private static Thread lane(Runnable work) {
    Thread thread = new Thread(work, "event-putter");
    thread.setDaemon(true);
    return thread;
  }
}
