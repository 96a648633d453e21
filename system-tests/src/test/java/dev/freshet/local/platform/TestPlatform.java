package dev.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.local.process.RedisStore;
import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.testing.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The platform on free ports, with a client for each end of it. It starts cold, unless the test
 * asks for one as users start it.
 */
final class TestPlatform implements AutoCloseable {

  static final Clock CLOCK = Clock.systemUTC();

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Platform platform;
  private final KinesisClient kinesis;
  private final FeatureStoreReader store;

  TestPlatform() throws IOException {
    this(false);
  }

  /**
   * @param direct whether the functions write the feature store themselves, without a subscriber
   */
  TestPlatform(boolean direct) throws IOException {
    this(TestServers::start, direct, false);
  }

  /** Starts the platform on stores of the test, which are closed with it. */
  TestPlatform(RedisStore stateStore, RedisStore featureStore) throws IOException {
    this(stateStore, featureStore, false);
  }

  TestPlatform(RedisStore stateStore, RedisStore featureStore, boolean direct) throws IOException {
    this(options -> TestServers.around(stateStore, featureStore, options), direct, false);
  }

  private TestPlatform(
      Function<PlatformOptions, LocalServers> servers, boolean direct, boolean isWarm)
      throws IOException {
    PlatformOptions options = options(Path.of("..").toRealPath(), direct);
    platform = Platform.start(options, CLOCK, servers, isWarm);
    kinesis = LocalKinesis.connect(platform.kinesisEndpoint());
    store = FeatureStoreReader.connect(platform.featureStoreUrl());
  }

  /** Starts the platform as users do: after a warm-up, of which nothing is left. */
  static TestPlatform warmedUp() throws IOException {
    return new TestPlatform(TestServers::start, false, true);
  }

  KinesisClient kinesis() {
    return kinesis;
  }

  FeatureStoreReader store() {
    return store;
  }

  Platform platform() {
    return platform;
  }

  PlatformCounters counters() {
    return platform.counters();
  }

  void put(Iterator<OutgoingEvent> events) {
    try (EventPutter putter = new EventPutter(kinesis, "")) {
      putter.putAll(events);
    }
  }

  /** Waits until everything put so far has reached the feature store. */
  void awaitDone() {
    Instant put = CLOCK.instant();
    await(() -> platform.haveDoneEventsOf(put));
    Instant published = CLOCK.instant();
    await(() -> platform.haveStoredResultsOf(published));
    assertThat(platform.failure()).isEmpty();
  }

  private static void await(BooleanSupplier condition) {
    await(condition, LIMIT);
  }

  static void await(BooleanSupplier condition, Duration limit) {
    Instant deadline = CLOCK.instant().plus(limit);
    while (!condition.getAsBoolean()) {
      assertThat(CLOCK.instant()).as("still waiting after %s", limit).isBefore(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** The options of a platform on free ports, with its history in memory. */
  static PlatformOptions options(Path root) throws IOException {
    return options(root, false);
  }

  private static PlatformOptions options(Path root, boolean direct) throws IOException {
    return new PlatformOptions(
        root,
        root,
        freePort(),
        freePort(),
        freePort(),
        PlatformOptions.History.inMemory(freePort()),
        direct);
  }

  static int freePort() {
    return FreePort.find();
  }

  @Override
  public void close() {
    store.close();
    kinesis.close();
    platform.close();
  }
}
