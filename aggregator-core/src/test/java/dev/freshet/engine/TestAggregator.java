package dev.freshet.engine;

import static dev.freshet.testing.TestEvents.NOON;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.StreamResults;
import dev.freshet.state.StateStore;
import dev.freshet.stream.RecordSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Makes aggregators of one group, at noon, that keep an entity for 90 days. */
final class TestAggregator {

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOON), ZoneOffset.UTC);

  private TestAggregator() {}

  static Aggregator of(
      FeatureGroup group, StateStore store, RecordSink results, RecordSink deadLetters) {
    return new Aggregator(
        group,
        store,
        new StreamResults(results),
        deadLetters,
        Duration.ofDays(90),
        CLOCK,
        Metrics.NONE);
  }
}
