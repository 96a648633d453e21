package dev.freshet.local.mapping;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * A stream of Kinesis, each shard read once however many mappings follow it. Its shards are those
 * it has when it is opened; a later split or merge is not followed.
 */
public final class KinesisStream implements StreamSource, AutoCloseable {

  /** How often a shard is asked that had nothing new. */
  public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofMillis(100);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);
  private static final long FEED_CAPACITY_BYTES = 8L * 1024 * 1024;

  private final KinesisClient kinesis;
  private final String name;
  private final Duration pollInterval;
  private final InstantSource time;
  private final StopSignal stop = new StopSignal();
  private final Map<String, ShardFeed> feeds = new LinkedHashMap<>();
  private final List<Thread> readers = new ArrayList<>();

  private KinesisStream(
      KinesisClient kinesis, String name, Duration pollInterval, InstantSource time) {
    this.kinesis = kinesis;
    this.name = name;
    this.pollInterval = pollInterval;
    this.time = time;
  }

  /**
   * Opens a stream and begins to read its shards.
   *
   * @param kinesis stays the caller's to close, after the stream
   * @param pollInterval how long to wait after a read that gave nothing
   * @throws software.amazon.awssdk.core.exception.SdkException if the stream cannot be described
   */
  public static KinesisStream open(
      KinesisClient kinesis, String name, Duration pollInterval, InstantSource time) {
    KinesisStream stream = new KinesisStream(kinesis, name, pollInterval, time);
    shardIds(kinesis, name).forEach(stream::startFeed);
    return stream;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> shardIds() {
    return List.copyOf(feeds.keySet());
  }

  @Override
  public ShardSource open(String shardId) {
    return new FeedFollower(feeds.get(shardId), after -> reader(shardId, after), pollInterval);
  }

  /** Stops reading, after the reads in progress or a second; close the mappings before. */
  @Override
  public void close() {
    stop.set();
    long deadlineNanos = System.nanoTime() + STOP_LIMIT.toNanos();
    try {
      for (Thread reader : readers) {
        TimeUnit.NANOSECONDS.timedJoin(reader, Math.max(1, deadlineNanos - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void startFeed(String shardId) {
    ShardFeed feed = new ShardFeed(reader(shardId, Optional.empty()), FEED_CAPACITY_BYTES, stop);
    feeds.put(shardId, feed);
    Thread thread = new Thread(feed, name + " " + shardId);
    thread.setDaemon(true);
    readers.add(thread);
    thread.start();
  }

  private KinesisShardSource reader(String shardId, Optional<String> after) {
    return new KinesisShardSource(kinesis, name, shardId, after, pollInterval, time, stop);
  }

  private static List<String> shardIds(KinesisClient kinesis, String stream) {
    List<String> ids = new ArrayList<>();
    ListShardsResponse page = kinesis.listShards(r -> r.streamName(stream));
    page.shards().stream().map(Shard::shardId).forEach(ids::add);
    while (page.nextToken() != null) {
      String token = page.nextToken();
      page = kinesis.listShards(r -> r.nextToken(token));
      page.shards().stream().map(Shard::shardId).forEach(ids::add);
    }
    return ids;
  }
}
