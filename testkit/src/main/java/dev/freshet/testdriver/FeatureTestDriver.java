package dev.freshet.testdriver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.engine.Recalculator;
import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.event.Rejection;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.StreamResults;
import dev.freshet.state.InMemoryDueKeys;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.stream.RecordSink;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Runs one feature group in the thread of a test: feed events, move the clock, read features.
 *
 * <p>Uses the engine of the functions with the state in memory, so that a test never waits. When
 * the clock moves, features are recalculated at every instant at which one changes.
 *
 * <pre>{@code
 * FeatureTestDriver driver = FeatureTestDriver.of(TableRatingsHandler.FEATURES);
 * driver.feed(TestEvent.of(TABLE_RATED).with("tableId", "7").with("stars", 4.5));
 * driver.advance(Duration.ofMinutes(5));
 * assertThat(driver.feature("7", "ratings_5m")).hasValue(0);
 * }</pre>
 */
public final class FeatureTestDriver {

  /** The instant at which the clock starts unless another is given. */
  public static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  /** Drops dead letters; the outcome of an event tells of them. */
  private static final RecordSink NOWHERE = letters -> new BitSet();

  private final HandClock clock;
  private final EventParser parser;
  private final PublishedResults published = new PublishedResults();
  private final InMemoryDueKeys state;
  private final Aggregator aggregator;
  private final Recalculator recalculator;
  private int fed;

  private FeatureTestDriver(FeatureGroup group, Instant start) {
    clock = new HandClock(start.toEpochMilli());
    parser = new EventParser(group);
    state = new InMemoryDueKeys(group, new InMemoryStateStore(group));
    aggregator =
        new Aggregator(
            group,
            state,
            new StreamResults(published),
            NOWHERE,
            Duration.ofDays(90),
            clock,
            Metrics.NONE);
    recalculator =
        new Recalculator(group, state, state, new StreamResults(published), clock, Metrics.NONE);
  }

  /** Creates a driver without state at {@link #START}. */
  public static FeatureTestDriver of(FeatureGroup group) {
    return new FeatureTestDriver(group, START);
  }

  /** Creates a driver without state at an instant. */
  public static FeatureTestDriver of(FeatureGroup group, Instant start) {
    return new FeatureTestDriver(group, start);
  }

  public Instant now() {
    return clock.instant();
  }

  /** Moves the clock forward; features change as they do online. */
  public void advance(Duration time) {
    advanceTo(now().plus(time));
  }

  /**
   * Moves the clock forward to an instant, inclusive.
   *
   * @throws IllegalArgumentException if the clock is past the instant
   */
  public void advanceTo(Instant instant) {
    if (instant.isBefore(now())) {
      throw new IllegalArgumentException("it is " + now() + ": the clock cannot go to " + instant);
    }
    OptionalLong change = state.next();
    while (change.isPresent() && change.getAsLong() <= instant.toEpochMilli()) {
      clock.set(Math.max(change.getAsLong(), clock.millis()));
      recalculator.recalculate(() -> false);
      change = state.next();
    }
    clock.set(instant.toEpochMilli());
  }

  /** Feeds an event that arrives now; fills in its id and time if they are missing. */
  public Outcome feed(TestEvent event) {
    fed++;
    return feed(event.stream(), event.complete(fed, now()).toString());
  }

  /** Feeds a record that arrives now, byte for byte as its producer wrote it. */
  public Outcome feed(String json) {
    return feed("", json);
  }

  /** Feeds a record of a stream that arrives now, byte for byte as its producer wrote it. */
  public Outcome feed(String stream, String json) {
    ByteBuffer data = ByteBuffer.wrap(json.getBytes(UTF_8)).asReadOnlyBuffer();
    ParsedRecord judgement = parser.parse(stream, data, clock.millis());
    BatchReport report =
        aggregator.process(List.of(new StreamRecord(stream, "shardId-0", "0", "test", data)));
    if (judgement instanceof Rejection rejection) {
      return new Outcome.Invalid(rejection.reason(), rejection.detail());
    }
    if (judgement instanceof dev.freshet.event.Skipped why) {
      return new Outcome.Skipped(why);
    }
    if (report.late() > 0) {
      return Outcome.LATE;
    }
    return report.applied() > 0 ? Outcome.APPLIED : Outcome.DUPLICATE;
  }

  /** Returns the numbers among an entity's features that have a value, as published last. */
  public Map<String, Double> features(String entity) {
    Map<String, Double> features = new LinkedHashMap<>();
    for (FeatureValue each : values(entity)) {
      if (each.text() == null) {
        features.put(each.name(), each.value());
      }
    }
    return features;
  }

  List<FeatureValue> values(String entity) {
    return published.newest(entity).map(FeatureResult::features).orElse(List.of());
  }

  /** Returns a feature of an entity; empty if it has no value. */
  public OptionalDouble feature(String entity, String name) {
    Double value = features(entity).get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Returns a feature of an entity that is a text; empty if it has no value. */
  public Optional<String> text(String entity, String name) {
    return values(entity).stream()
        .filter(each -> each.name().equals(name) && each.text() != null)
        .map(FeatureValue::text)
        .findFirst();
  }

  /** Returns the next instant at which a feature of an entity changes with no new event, if any. */
  public Optional<Instant> validUntil(String entity) {
    OptionalLong millis =
        published.newest(entity).map(FeatureResult::validUntil).orElse(OptionalLong.empty());
    return millis.isPresent()
        ? Optional.of(Instant.ofEpochMilli(millis.getAsLong()))
        : Optional.empty();
  }

  /** Returns all results so far, in order, of events and of recalculation. */
  public List<FeatureResult> results() {
    return published.all();
  }
}
