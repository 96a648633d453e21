package dev.freshet.operations.events;

import dev.freshet.stream.Retries;
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
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Puts events into their streams, up to five streams at the same time.
 *
 * <p>The records of one stream and partition key arrive in the order in which {@link #putAll} gets
 * them. A record may arrive twice if the answer of Kinesis is lost.
 */
public final class EventPutter implements AutoCloseable {

  private static final int LANES = 5;
  private static final int ROUND_EVENTS = 5_000;
  private static final long ROUND_BYTES = 16L << 20;

  private final AtomicLong acknowledged = new AtomicLong();
  private final ExecutorService lanes = Executors.newFixedThreadPool(LANES, EventPutter::lane);
  private final KinesisClient kinesis;
  private final String streamPrefix;
  private final Retries retries;

  /**
   * Makes ten attempts over about 16 seconds, from 50 ms to 5 s apart.
   *
   * @param kinesis closed by the caller
   * @param streamPrefix the start of each stream's name, such as {@code prod-}; may be empty
   */
  public EventPutter(KinesisClient kinesis, String streamPrefix) {
    this(
        kinesis,
        streamPrefix,
        Retries.inRealTime(10, Duration.ofMillis(50), Duration.ofSeconds(5)));
  }

  EventPutter(KinesisClient kinesis, String streamPrefix, Retries retries) {
    this.kinesis = kinesis;
    this.streamPrefix = streamPrefix;
    this.retries = retries;
  }

  /** Returns how many records of all calls were acknowledged so far. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** Puts events as {@link #putAll(Iterator)} does. */
  public void putAll(Iterable<OutgoingEvent> events) {
    putAll(events.iterator());
  }

  /**
   * Returns when every event is acknowledged; holds a few thousand of them at a time.
   *
   * @throws IllegalStateException if a stream refuses all attempts, or the thread is interrupted
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
    byStream.forEach((stream, events) -> puts.add(lanes.submit(() -> putBatches(stream, events))));
    try {
      for (Future<?> put : puts) {
        put.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IllegalStateException known
          ? known
          : new IllegalStateException("cannot put events: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("cannot put events: interrupted", e);
    } finally {
      puts.forEach(put -> put.cancel(true));
    }
  }

  private Void putBatches(String stream, List<OutgoingEvent> events) throws InterruptedException {
    for (List<OutgoingEvent> batch : PutBatches.of(events)) {
      put(stream, batch);
    }
    return null;
  }

  /** Puts one batch; repeats exactly the records that were refused. */
  private void put(String stream, List<OutgoingEvent> batch) throws InterruptedException {
    List<OutgoingEvent> waiting = batch;
    int fruitless = 0;
    while (true) {
      List<PutRecordsResultEntry> results = call(stream, waiting);
      List<OutgoingEvent> refused = new ArrayList<>();
      PutRecordsResultEntry refusal = null;
      for (int i = 0; i < results.size(); i++) {
        if (results.get(i).errorCode() != null) {
          refused.add(waiting.get(i));
          refusal = refusal == null ? results.get(i) : refusal;
        }
      }
      acknowledged.addAndGet(waiting.size() - refused.size());
      if (refusal == null) {
        return;
      }
      fruitless = refused.size() < waiting.size() ? 0 : fruitless + 1;
      if (fruitless == retries.attempts()) {
        String reason =
            "refused %d times in a row, last with %s: %s"
                .formatted(fruitless, refusal.errorCode(), refusal.errorMessage());
        throw failure(stream, refused.size(), reason, null);
      }
      retries.pauseAfter(fruitless);
      waiting = refused;
    }
  }

  /** Calls once; the client's own retry policy repeats calls that fail as a whole. */
  private List<PutRecordsResultEntry> call(String stream, List<OutgoingEvent> events) {
    List<PutRecordsRequestEntry> entries = events.stream().map(OutgoingEvent::entry).toList();
    List<PutRecordsResultEntry> results;
    try {
      results =
          kinesis
              .putRecords(call -> call.streamName(streamPrefix + stream).records(entries))
              .records();
    } catch (RuntimeException e) {
      throw failure(stream, events.size(), String.valueOf(e.getMessage()), e);
    }
    if (results.size() != events.size()) {
      String reason = "the stream answered for %d of them".formatted(results.size());
      throw failure(stream, events.size(), reason, null);
    }
    return results;
  }

  private static IllegalStateException failure(
      String stream, int events, String reason, Throwable cause) {
    return new IllegalStateException(
        "cannot put %d events into stream '%s': %s".formatted(events, stream, reason), cause);
  }

  /** Stops at once, without putting the rest of the events of a call in progress. */
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
