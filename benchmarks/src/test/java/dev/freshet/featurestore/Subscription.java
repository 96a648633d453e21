package dev.freshet.featurestore;

import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.stream.RecordSink;
import dev.freshet.stream.StreamRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The subscriber as its function has it, with a connection of the test's. */
public final class Subscription {

  private final Subscriber subscriber;

  public Subscription(Redis featureStore, RecordSink deadLetters, Clock clock) {
    FeatureStoreWriter writer =
        new FeatureStoreWriter(featureStore, Duration.ofDays(1), Metrics.NONE);
    this.subscriber = new Subscriber(writer, Set.of(), deadLetters, clock, Metrics.NONE);
  }

  /** Whether a batch is done; if not, all of it has to come again. */
  public boolean process(List<StreamRecord> results) {
    return subscriber.process(results).isEmpty();
  }
}
