package dev.freshet.benchmarks.scale;

import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.load.StreamBatches;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.city.SimulatedCity;
import dev.freshet.city.SteadyCity;
import dev.freshet.operations.events.OutgoingEvent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The events of a city without end, in batches of the shards of every stream. */
final class ShardedLoad {

  /** None is cancelled. */
  static final int EVENTS_OF_ORDER = 4;

  /** Until orders that were created first are delivered, the mix of events is another. */
  private static final Duration RAMP = Duration.ofMinutes(50);

  private static final int HASH_BITS = 128;

  private final SimulatedCity events;

  ShardedLoad(SteadyCity city) {
    events = city.from(OrderLoad.START.minus(RAMP));
    while (events.next().occurredAt().orElseThrow().isBefore(OrderLoad.START)) {
      // only events after the ramp are handed over
    }
  }

  /** Returns a city with two couriers a store, 200 stores a town and 18 orders an hour a store. */
  static SteadyCity cityOf(int stores) {
    return new SteadyCity(2 * stores, stores, Math.max(1, stores / 200), 0.6, stores / 200.0, 1);
  }

  /** Returns the next batches of one shard of every stream: so many events, or a few more. */
  List<Delivery> next(int eventCount, int batchSize) {
    return next(1, (eventCount + batchSize - 1) / batchSize, batchSize).get(0);
  }

  /**
   * Returns the same number of batches for each shard, placing events by the hash of their
   * partition key as Kinesis does. Batches of shards that get more are left out, so that all
   * instances have work to the end.
   */
  List<List<Delivery>> next(int shardCount, int batchesEach, int batchSize) {
    List<StreamBatches> batches = Stream.generate(StreamBatches::new).limit(shardCount).toList();
    List<List<Delivery>> shards =
        Stream.generate(() -> (List<Delivery>) new ArrayList<Delivery>())
            .limit(shardCount)
            .toList();
    for (int full = 0; full < shardCount; ) {
      OutgoingEvent event = events.next();
      int shard = shardOf(event.partitionKey(), shardCount);
      List<Delivery> delivered = shards.get(shard);
      if (delivered.size() < batchesEach) {
        batches.get(shard).add(event, batchSize).ifPresent(delivered::add);
        full += delivered.size() == batchesEach ? 1 : 0;
      }
    }
    return shards;
  }

  /** Shards share the range of the MD5 of partition keys. */
  private static int shardOf(String partitionKey, int shardCount) {
    try {
      byte[] key = partitionKey.getBytes(StandardCharsets.UTF_8);
      BigInteger hash = new BigInteger(1, MessageDigest.getInstance("MD5").digest(key));
      return hash.multiply(BigInteger.valueOf(shardCount)).shiftRight(HASH_BITS).intValue();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
