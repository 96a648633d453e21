package dev.freshet.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole catalogue under more than 32,000 results a minute in real time, with batches that come
 * twice, scripts that are forgotten and connections that break: nothing leaks, the stores stay
 * bounded, and at the end every feature is right.
 *
 * <p>The state of an order is held for four hours, so within one the memory of the state store
 * grows with every order; it is held to a number of bytes for each, and to be given back once they
 * have departed.
 */
@Tag("verify")
class SoakTest {

  private static final double ORDERS_PER_SECOND = 62;

  /** Twice what the busiest minutes are said to bring. */
  private static final double RESULTS_PER_MINUTE = 32_000;

  /** By which share of the middle third the last may be above it. */
  private static final double FLAT = 0.05;

  private static final Duration SHORTEST_TO_BE_FLAT = Duration.ofMinutes(10);

  /** Items of three groups, each in a hash and in a sorted set. */
  private static final double MOST_BYTES_OF_ORDER = 1_500;

  /** Longer than any item is held. */
  private static final Duration LONG_AFTER = Duration.ofHours(5);

  /** Of seven groups the lists, the clocks and indexes of the partitions, and three more each. */
  private static final long MOST_STATE_KEYS =
      SoakTraffic.COURIERS
          + SoakTraffic.CUSTOMERS
          + 3 * SoakTraffic.STORES
          + 2 * SoakTraffic.CITIES
          + 7 * (2 * 64 + 3);

  private static final long MOST_FEATURE_KEYS =
      SoakTraffic.COURIERS + SoakTraffic.CUSTOMERS + SoakTraffic.STORES + SoakTraffic.CITIES;

  @TempDir Path folder;

  /** Too short to tell what grows; everything else holds at any length. */
  @Test
  @Tag("nightly")
  void tenSeconds() throws Exception {
    soak(Duration.ofSeconds(10));
  }

  /**
   * An hour, or what {@code -Dfreshet.soak=PT10M} says; growth is checked from ten minutes on, as
   * state and caches fill before.
   */
  @Test
  @Tag("soak")
  void anHour() throws Exception {
    Duration duration = Duration.parse(System.getProperty("freshet.soak", "PT1H"));
    SoakRecord record = soak(duration);
    assertThat(record.resultsPerMinute()).isGreaterThan(RESULTS_PER_MINUTE);
    if (duration.compareTo(SHORTEST_TO_BE_FLAT) >= 0) {
      checkGrowth(record);
    }
  }

  private static void checkGrowth(SoakRecord record) {
    record.isFlat("heap", SoakMeasurement::heap, FLAT);
    record.isFlat("resident set", SoakMeasurement::residentSet, FLAT);
    record.isFlat("threads", SoakMeasurement::threads, FLAT);
    assertThat(record.growthOfOrder(SoakMeasurement::stateMemory))
        .as("bytes that the state store holds for an order")
        .isLessThan(MOST_BYTES_OF_ORDER);
  }

  private SoakRecord soak(Duration duration) throws Exception {
    TestServer state = TestRedis.startServer();
    TestServer features = TestRedis.startServer();
    try (Soak soak =
        new Soak(
            url(state), url(features), ORDERS_PER_SECOND, duration, folder, Clock.systemUTC())) {
      SoakRecord record = soak.run();
      System.out.println(soak.summary());
      check(soak, record);
      return record;
    } finally {
      state.stop();
      features.stop();
    }
  }

  private static String url(TestServer server) {
    return "redis://127.0.0.1:" + server.port();
  }

  private static void check(Soak soak, SoakRecord record) throws Exception {
    int compared = soak.checkFeatures();
    System.out.println("features of " + compared + " entities and groups equal the oracle's");
    assertThat(compared).as("entities and groups compared").isGreaterThan(30);
    SoakPlatform platform = soak.platform();
    assertThat(platform.sum(SoakFunction::harmed)).isPositive();
    assertThat(platform.sum(SoakFunction::buried)).isEqualTo(platform.sum(SoakFunction::harmed));
    record.isConstant(
        "clients of the state store",
        SoakMeasurement::stateClients,
        platform.stateConnections() + 1);
    record.isConstant(
        "clients of the feature store",
        SoakMeasurement::featureClients,
        platform.featureConnections() + 1);
    assertThat(record.last().stateKeys()).isLessThanOrEqualTo(MOST_STATE_KEYS);
    assertThat(record.last().featureKeys()).isLessThanOrEqualTo(MOST_FEATURE_KEYS);
    assertStateIsGivenBack(soak);
  }

  /** What is left has nothing pending that a recalculation would come for, and expires. */
  private static void assertStateIsGivenBack(Soak soak) {
    long before = soak.stateMemory();
    int timelines = soak.timelineKeys("state");
    assertThat(soak.timelineKeys("due")).isPositive();
    soak.passTime(LONG_AFTER);
    long after = soak.stateMemory();
    int left = soak.timelineKeys("state");
    System.out.printf(
        "once all have departed: %,d of %,d bytes, %,d of %,d lists%n",
        after, before, left, timelines);
    assertThat(soak.timelineKeys("due")).isZero();
    assertThat(after).isLessThan(before);
    assertThat(left).isLessThan(timelines / 2);
  }
}
