package dev.freshet.aws.emulator.stream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;

/**
 * A stream of Kinesis. One thread reads each shard for all mappings, from when the first of them
 * opens it. The shards are listed again when one of them ends, so that its children are known.
 */
public final class KinesisStream implements StreamSource, AutoCloseable {

  /** The pause after an empty read. */
  public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofMillis(100);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
  private static final Logger LOG = LoggerFactory.getLogger(KinesisStream.class);
  private static final long FEED_CAPACITY_BYTES = 8L * 1024 * 1024;

  private final KinesisClient kinesis;
  private final String name;
  private final Duration pollInterval;
  private final InstantSource time;
  private final StopSignal stop = new StopSignal();
  private final Map<String, ShardFeed> feeds = new HashMap<>();
  private final List<Thread> readers = new ArrayList<>();
  private volatile List<StreamShard> shards;

  /**
   * Opens a stream.
   *
   * @param kinesis closed by the caller, after the stream
   * @param pollInterval the pause after an empty read
   * @throws software.amazon.awssdk.core.exception.SdkException if the stream cannot be described
   */
  public KinesisStream(
      KinesisClient kinesis, String name, Duration pollInterval, InstantSource time) {
    this.shards = StreamShards.of(kinesis, name);
    this.kinesis = kinesis;
    this.name = name;
    this.pollInterval = pollInterval;
    this.time = time;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<StreamShard> shards() {
    return shards;
  }

  @Override
  public synchronized ShardSource open(String shardId) {
    ShardFeed feed = feeds.computeIfAbsent(shardId, this::startFeed);
    return new FeedFollower(
        feed,
        last ->
            reader(shardId, last.map(KinesisShardSource::after).orElse(KinesisShardSource::oldest)),
        pollInterval);
  }

  /** Stops reading, and waits a second at most for reads in progress. Close the mappings first. */
  @Override
  public void close() {
    stop.set();
    long deadlineNanos = System.nanoTime() + STOP_LIMIT.toNanos();
    try {
      for (Thread reader : readers()) {
        TimeUnit.NANOSECONDS.timedJoin(reader, Math.max(1, deadlineNanos - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Thread> readers() {
    return List.copyOf(readers);
  }

  private ShardFeed startFeed(String shardId) {
    ShardFeed feed =
        new ShardFeed(reader(shardId, KinesisShardSource::oldest), FEED_CAPACITY_BYTES, stop);
    Thread thread = new Thread(feed, name + " " + shardId);
    thread.setDaemon(true);
    readers.add(thread);
    thread.start();
    return feed;
  }

  private ShardSource reader(String shardId, Consumer<GetShardIteratorRequest.Builder> start) {
    ShardSource source =
        new KinesisShardSource(
            kinesis, name, shardId, start, fault -> true, pollInterval, time, stop);
    return () -> {
      ShardRead read = source.read();
      if (read.ended()) {
        listShards();
      }
      return read;
    };
  }

  private void listShards() throws InterruptedException {
    for (int failures = 1; !stop.isSet(); failures++) {
      try {
        shards = StreamShards.of(kinesis, name);
        return;
      } catch (SdkException e) {
        Duration wait = BACKOFF.after(failures);
        LOG.warn("Listing the shards of {} again in {}: {}", name, wait, e.getMessage());
        stop.sleep(wait);
      }
    }
  }
}
