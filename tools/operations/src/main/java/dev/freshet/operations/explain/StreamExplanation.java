package dev.freshet.operations.explain;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.EventType;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.explain.Explainer;
import dev.freshet.replay.explain.Explanation;
import dev.freshet.shard.StreamScan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Explains feature values from the events that the streams still have. */
public final class StreamExplanation {

  private final Catalogue catalogue;
  private final KinesisClient kinesis;
  private final String streamPrefix;
  private final Duration timeToLive;

  /**
   * @param timeToLive the setting ENTITY_TTL of the platform
   */
  public StreamExplanation(
      Catalogue catalogue, KinesisClient kinesis, String streamPrefix, Duration timeToLive) {
    this.catalogue = catalogue;
    this.kinesis = kinesis;
    this.streamPrefix = streamPrefix;
    this.timeToLive = timeToLive;
  }

  /**
   * Explains the value of a feature of one entity; reads each stream of its dimension whole.
   *
   * @param until the first instant of arrival that is no longer read
   * @throws software.amazon.awssdk.core.exception.SdkException if a stream cannot be read
   */
  public Explanation of(
      FeatureGroup group, Feature feature, String entity, Instant at, Instant until) {
    List<FeatureGroup> groups =
        catalogue.groups().stream()
            .filter(each -> each.dimension().equals(group.dimension()))
            .toList();
    Explainer explainer =
        new Explainer(
            groups, catalogue.eventTypes(), group, feature, entity, at.toEpochMilli(), timeToLive);
    groups.stream()
        .flatMap(each -> each.eventTypes().stream())
        .map(EventType::stream)
        .distinct()
        .forEach(stream -> read(stream, until, explainer));
    return explainer.explain();
  }

  private void read(String stream, Instant until, Explainer explainer) {
    StreamScan.read(
        kinesis,
        streamPrefix + stream,
        Optional.empty(),
        until,
        (shard, each) ->
            explainer.see(stream, each.data(), each.approximateArrival().toEpochMilli()));
  }
}
