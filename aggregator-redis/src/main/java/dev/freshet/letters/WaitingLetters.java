package dev.freshet.letters;

import static dev.freshet.metrics.Metric.LETTERS_WAITING;
import static dev.freshet.metrics.Metric.REDIS_ERRORS;

import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import io.lettuce.core.RedisException;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts dead letters into their stream. Letters that it refuses wait in Redis until it takes them,
 * so that no shard is held up by them. Only letters that Redis does not take either are missing.
 *
 * <p>Every instance looks after the letters of all: while it knows that some wait, every few
 * seconds, otherwise once a minute. A letter may be delivered twice, and is removed only when
 * acknowledged.
 */
public final class WaitingLetters implements RecordSink {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingLetters.class);

  private static final int MOST_LETTERS = 10_000;
  private static final long MOST_BYTES = 64L << 20;

  /** A letter may have 1 MiB. */
  private static final int PAGE = 20;

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATER = Duration.ofMinutes(1);

  /** For how long a batch may be held up by letters that waited. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final RecordSink stream;
  private final LetterList waiting;
  private final Clock clock;
  private final Metrics metrics;
  private final AtomicLong nextLookMillis = new AtomicLong(Long.MIN_VALUE);

  /**
   * @param stream where letters go
   * @param name of the stream: letters of different streams wait apart
   */
  public WaitingLetters(RecordSink stream, String name, Redis redis, Clock clock, Metrics metrics) {
    this(stream, new LetterList(redis, name, MOST_LETTERS, MOST_BYTES), clock, metrics);
  }

  WaitingLetters(RecordSink stream, LetterList waiting, Clock clock, Metrics metrics) {
    this.stream = stream;
    this.waiting = waiting;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Puts letters, after those that wait if it is time to look for them.
   *
   * @return the indexes of those that are neither acknowledged nor wait
   */
  @Override
  public BitSet put(List<OutgoingRecord> letters) {
    long now = clock.millis();
    long due = nextLookMillis.get();
    if (now >= due && nextLookMillis.compareAndSet(due, now + LATER.toMillis())) {
      deliver(SHORT);
    }
    BitSet missing = stream.put(letters);
    if (!missing.isEmpty()) {
      missing.clear(0, endOfKept(letters, missing));
    }
    return missing;
  }

  /** Keeps refused letters in Redis; answers the index behind the last one that it took. */
  private int endOfKept(List<OutgoingRecord> letters, BitSet refused) {
    int[] indexes = refused.stream().toArray();
    try {
      int kept = waiting.append(IntStream.of(indexes).mapToObj(letters::get).toList());
      metrics.count(LETTERS_WAITING, kept);
      long soon = clock.millis() + SOON.toMillis();
      nextLookMillis.accumulateAndGet(soon, Math::min);
      LOG.warn("of {} refused dead letters {} wait in Redis", indexes.length, kept);
      return kept == 0 ? 0 : indexes[kept - 1] + 1;
    } catch (RedisException e) {
      failed("dead letters that were refused cannot wait in Redis", e);
      return 0;
    }
  }

  /**
   * Puts letters that wait, oldest first, until none waits, the stream refuses one, or the time is
   * up. A failure is logged, not thrown: they wait on.
   */
  public void deliver(Duration atMost) {
    long now = clock.millis();
    try {
      boolean all = deliverUntil(now + atMost.toMillis());
      nextLookMillis.set(now + (all ? LATER : SOON).toMillis());
    } catch (RedisException e) {
      failed("dead letters that may wait in Redis cannot be delivered", e);
      nextLookMillis.set(now + LATER.toMillis());
    }
  }

  private boolean deliverUntil(long deadlineMillis) {
    for (List<OutgoingRecord> page = waiting.first(PAGE);
        !page.isEmpty();
        page = waiting.first(PAGE)) {
      BitSet missing = stream.put(page);
      waiting.remove(
          IntStream.range(0, page.size()).filter(i -> !missing.get(i)).mapToObj(page::get));
      if (!missing.isEmpty() || clock.millis() >= deadlineMillis) {
        return false;
      }
    }
    return true;
  }

  private void failed(String what, RedisException cause) {
    LOG.warn("{}: {}", what, cause.getMessage());
    metrics.count(REDIS_ERRORS, 1);
  }
}
