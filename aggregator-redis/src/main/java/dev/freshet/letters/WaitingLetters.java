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
 * Puts dead letters into their stream. Letters that the stream refuses wait in Redis and are
 * retried, so that they block no shard. Only letters that Redis refuses too are missing.
 *
 * <p>Every instance retries the letters of all instances: every few seconds while it knows that
 * some wait, otherwise once a minute. A letter is removed only after it is acknowledged, so it may
 * be delivered twice.
 */
public final class WaitingLetters implements RecordSink {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingLetters.class);

  private static final int MOST_LETTERS = 10_000;
  private static final long MOST_BYTES = 64L << 20;

  /** Small, as a letter may have 1 MiB. */
  private static final int PAGE = 20;

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATER = Duration.ofMinutes(1);

  /** The longest time that waiting letters may delay a batch. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final RecordSink stream;
  private final LetterList waiting;
  private final Clock clock;
  private final Metrics metrics;
  private final AtomicLong nextLookMillis = new AtomicLong(Long.MIN_VALUE);

  /**
   * @param stream the destination of letters
   * @param name the name of the stream; each stream has its own list of waiting letters
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
   * Puts letters; first retries waiting letters if that is due.
   *
   * @return the indexes of letters that were neither acknowledged nor stored to wait
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

  /** Stores refused letters in Redis; returns the index after the last one stored. */
  private int endOfKept(List<OutgoingRecord> letters, BitSet refused) {
    int[] indexes = refused.stream().toArray();
    try {
      int kept = waiting.append(IntStream.of(indexes).mapToObj(letters::get).toList());
      metrics.count(LETTERS_WAITING, kept);
      long soon = clock.millis() + SOON.toMillis();
      nextLookMillis.accumulateAndGet(soon, Math::min);
      LOG.warn("{} dead letters were refused; {} of them wait in Redis", indexes.length, kept);
      return kept == 0 ? 0 : indexes[kept - 1] + 1;
    } catch (RedisException e) {
      failed("refused dead letters could not be stored in Redis", e);
      return 0;
    }
  }

  /**
   * Puts waiting letters, oldest first, until none waits, the stream refuses one, or the time is
   * up. Logs a failure and does not throw it: the letters still wait.
   */
  public void deliver(Duration atMost) {
    long now = clock.millis();
    try {
      boolean all = deliverUntil(now + atMost.toMillis());
      nextLookMillis.set(now + (all ? LATER : SOON).toMillis());
    } catch (RedisException e) {
      failed("waiting dead letters could not be delivered from Redis", e);
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
