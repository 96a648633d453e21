package dev.freshet.operations.backfill;

import dev.freshet.featurestore.client.DirectResults;
import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.featurestore.client.StoredResults;
import dev.freshet.metrics.Metrics;
import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultSink;
import dev.freshet.result.StreamResults;
import dev.freshet.runtime.Settings;
import dev.freshet.stream.OutgoingRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Publishes the results of a tool as the functions publish theirs: into the stream, and, if {@code
 * FEATURE_STORE_WRITES} is {@code direct}, into the feature store first.
 */
public final class ToolResults implements ResultSink, AutoCloseable {

  private static final String STREAM = "feature-results";
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final Optional<Redis> featureStore;
  private final ResultSink results;

  /**
   * @param putter closed by its owner
   */
  public ToolResults(EventPutter putter, Settings settings, Clock clock) {
    ResultSink stream = new StreamResults(records -> put(putter, records));
    featureStore =
        settings.writesDirectly() ? Optional.of(featureStore(settings)) : Optional.empty();
    results =
        featureStore
            .<ResultSink>map(store -> new DirectResults(stored(store, settings, clock), stream))
            .orElse(stream);
  }

  private static Redis featureStore(Settings settings) {
    return Redis.at(settings.featureStoreUrl(), ANSWER_TIMEOUT)
        .replicatedTo(settings.featureStoreReplicas());
  }

  private static ResultSink stored(Redis store, Settings settings, Clock clock) {
    return new StoredResults(
        FeatureStoreWriter.of(
            store,
            settings.timeToLive(),
            settings.historyAwake(),
            settings.feastFormat(),
            Metrics.NONE),
        settings.forgottenGroups(),
        clock,
        Metrics.NONE);
  }

  /** Every record is acknowledged, or the putter throws. */
  private static BitSet put(EventPutter putter, List<OutgoingRecord> records) {
    putter.putAll(
        records.stream()
            .map(
                each ->
                    new OutgoingEvent(STREAM, each.partitionKey(), each.data(), Optional.empty()))
            .toList());
    return new BitSet();
  }

  @Override
  public BitSet put(List<FeatureResult> computed) {
    return results.put(computed);
  }

  /** Closes the connection to the feature store. */
  @Override
  public void close() {
    featureStore.ifPresent(Redis::close);
  }
}
