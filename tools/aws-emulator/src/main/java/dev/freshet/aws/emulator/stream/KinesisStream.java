package dev.freshet.aws.emulator.stream;

import dev.freshet.shard.KinesisShardSource;
import dev.freshet.shard.ShardRead;
import dev.freshet.shard.ShardSource;
import dev.freshet.shard.StreamShard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
  private static final long FEED_CAPACITY_BYTES = 8L * 1024 * 1024;

  private final KinesisClient kinesis;
  private final String name;
  private final Duration pollInterval;
  private final InstantSource time;
  private final StopSignal stop = new StopSignal();
  private final Map<String, ShardFeed> feeds = new HashMap<>();
  private final ExecutorService readers = Executors.newCachedThreadPool(this::thread);
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
    this.shards = StreamShard.allOf(kinesis, name);
    this.kinesis = kinesis;
    this.name = name;
    this.pollInterval = pollInterval;
    this.time = time;
  }

  @Override
  public List<StreamShard> shards() {
    return shards;
  }

  @Override
  public synchronized ShardSource open(String shardId) {
    ShardFeed feed = feeds.computeIfAbsent(shardId, this::startFeed);
    return feed.follower(
        last ->
            reader(shardId, last.map(KinesisShardSource::after).orElse(KinesisShardSource::oldest)),
        pollInterval);
  }

  /** Stops reading, and waits a second at most for reads in progress. Close the mappings first. */
  @Override
  public void close() {
    stop.set();
    readers.shutdown();
    try {
      boolean unused = readers.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ShardFeed startFeed(String shardId) {
    ShardFeed feed =
        new ShardFeed(reader(shardId, KinesisShardSource::oldest), FEED_CAPACITY_BYTES, stop);
    readers.execute(feed);
    return feed;
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "reader of " + name);
    thread.setDaemon(true);
    return thread;
  }

  private ShardSource reader(String shardId, Consumer<GetShardIteratorRequest.Builder> start) {
    ShardSource source =
        new KinesisShardSource(
            kinesis, name, shardId, start, fault -> true, pollInterval, time, stop);
    return () -> {
      ShardRead read = source.read();
      if (read.ended()) {
        shards = StreamShard.allOf(kinesis, name);
      }
      return read;
    };
  }
}
