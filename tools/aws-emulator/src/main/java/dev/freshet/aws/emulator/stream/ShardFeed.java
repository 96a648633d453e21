package dev.freshet.aws.emulator.stream;

import dev.freshet.shard.ShardRead;
import dev.freshet.shard.ShardRecord;
import dev.freshet.shard.ShardSource;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Reads a shard once for all its followers, and holds the newest records for them.
 *
 * <p>It reads at the pace of the fastest follower, so it holds at most its capacity and one read. A
 * follower that needs older records has to read the shard itself; no other follower waits for it.
 */
final class ShardFeed implements Runnable {

  private static final int RECORD_OVERHEAD_BYTES = 200;

  private record Chunk(BigInteger first, List<ShardRecord> records, long bytes) {}

  private final ShardSource source;
  private final long capacityBytes;
  private final StopSignal stop;
  private final TreeMap<BigInteger, Chunk> chunksByLast = new TreeMap<>();
  private long heldBytes;
  private BigInteger evictedThrough = BigInteger.ZERO;
  private BigInteger fastest = BigInteger.ZERO;
  private Optional<Instant> caughtUpAt = Optional.empty();
  private boolean ended;
  private RuntimeException failure;

  ShardFeed(ShardSource source, long capacityBytes, StopSignal stop) {
    this.source = source;
    this.capacityBytes = capacityBytes;
    this.stop = stop;
  }

  @Override
  public void run() {
    try {
      while (!stop.isSet() && awaitRoom()) {
        append(source.read());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Adds a read; package-private, so that tests can alternate reads and followers. */
  synchronized void append(ShardRead read) {
    if (!read.records().isEmpty()) {
      hold(read.records());
    }
    caughtUpAt = read.caughtUpAt();
    ended = read.ended();
    evict();
    notifyAll();
  }

  /** Returns whether the feed may read on: it holds no more than its capacity. */
  synchronized boolean hasRoom() {
    return heldBytes <= capacityBytes;
  }

  /**
   * Returns the records after {@code last}; empty if they are no longer held.
   *
   * @param last the sequence number that the follower has read; 0 before the first
   * @param most how long to wait for records if there are none
   * @throws IllegalStateException if the shard can no longer be read
   */
  synchronized Optional<ShardRead> after(BigInteger last, Duration most)
      throws InterruptedException {
    if (failure != null) {
      throw new IllegalStateException("reading the shard failed: " + failure, failure);
    }
    if (last.compareTo(fastest) > 0) {
      fastest = last;
      evict();
      notifyAll();
    }
    if (last.compareTo(evictedThrough) < 0) {
      return Optional.empty();
    }
    if (chunksByLast.higherKey(last) == null && !ended) {
      TimeUnit.NANOSECONDS.timedWait(this, most.toNanos());
    }
    return Optional.of(heldAfter(last));
  }

  /**
   * Returns a reader that starts at the oldest record, and reads from the shard itself when it has
   * fallen behind.
   *
   * @param ownReader opens the shard after a sequence number, to read without the feed
   * @param wait how long a read waits for records
   */
  ShardSource follower(Function<Optional<String>, ShardSource> ownReader, Duration wait) {
    return new ShardSource() {
      private Optional<ShardRecord> last = Optional.empty();
      private ShardSource own;

      @Override
      public ShardRead read() throws InterruptedException {
        Optional<ShardRead> shared =
            after(last.map(ShardRecord::sequence).orElse(BigInteger.ZERO), wait);
        if (shared.isPresent()) {
          own = null;
        } else if (own == null) {
          own = ownReader.apply(last.map(ShardRecord::sequenceNumber));
        }
        ShardRead read = shared.isPresent() ? shared.get() : own.read();
        last = read.records().stream().reduce((before, behind) -> behind).or(() -> last);
        return read;
      }
    };
  }

  private ShardRead heldAfter(BigInteger last) {
    Map.Entry<BigInteger, Chunk> entry = chunksByLast.higherEntry(last);
    return entry == null
        ? new ShardRead(List.of(), caughtUpAt, ended)
        : ShardRead.of(recordsAfter(last, entry.getValue()));
  }

  private static List<ShardRecord> recordsAfter(BigInteger last, Chunk chunk) {
    return chunk.first.compareTo(last) > 0
        ? chunk.records
        : chunk.records.stream().filter(r -> r.sequence().compareTo(last) > 0).toList();
  }

  private void hold(List<ShardRecord> records) {
    long bytes = records.stream().mapToLong(r -> r.data().length + RECORD_OVERHEAD_BYTES).sum();
    BigInteger last = records.get(records.size() - 1).sequence();
    chunksByLast.put(last, new Chunk(records.get(0).sequence(), records, bytes));
    heldBytes += bytes;
  }

  /** Drops records that the fastest follower has read: over the capacity, or all after the end. */
  private void evict() {
    long most = ended ? 0 : capacityBytes;
    while (heldBytes > most && chunksByLast.firstKey().compareTo(fastest) <= 0) {
      Map.Entry<BigInteger, Chunk> oldest = chunksByLast.pollFirstEntry();
      evictedThrough = oldest.getKey();
      heldBytes -= oldest.getValue().bytes;
    }
  }

  private synchronized void fail(RuntimeException e) {
    failure = e;
    notifyAll();
  }

  private synchronized boolean awaitRoom() throws InterruptedException {
    while (!hasRoom() && !stop.isSet()) {
      TimeUnit.MILLISECONDS.timedWait(this, 100);
    }
    return !ended && !stop.isSet();
  }
}
