package dev.freshet.lambdas;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.metrics.Metrics;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.NewestResults;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.oracle.RandomHistory;
import dev.freshet.redis.Redis;
import dev.freshet.result.StreamResults;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.EventJson;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that two instances whose clocks are two minutes apart compute equal features for the same
 * instant.
 */
@Tag("verify")
class ClockSkewTest {

  private static final long START = 1_790_000_000_000L;
  private static final long SKEW = Duration.ofMinutes(2).toMillis();

  @Test
  void aClockThatIsAheadDoesNoHarm() {
    try (Redis redis = TestRedis.connect()) {
      for (long seed = 1; seed <= 6; seed++) {
        for (FeatureGroup group : List.of(CityOrdersHandler.FEATURES, CityDemandHandler.FEATURES)) {
          String unused = redis.ask(commands -> commands.flushall());
          new Pair(group, redis, seed).check();
        }
      }
    }
  }

  /** Two instances of one function. */
  private static final class Pair {
    private final FeatureGroup group;
    private final long seed;
    private final HandClock right = new HandClock(START);
    private final HandClock ahead = new HandClock(START);
    private final FakeSink results = new FakeSink();
    private final Aggregator onTime;
    private final Aggregator early;

    Pair(FeatureGroup group, Redis redis, long seed) {
      this.group = group;
      this.seed = seed;
      var store = RedisStateStore.of(group, redis, Duration.ofDays(1), Metrics.NONE);
      onTime =
          new Aggregator(
              group,
              store,
              new StreamResults(results),
              new FakeSink(),
              Duration.ofDays(90),
              right,
              Metrics.NONE);
      early =
          new Aggregator(
              group,
              store,
              new StreamResults(results),
              new FakeSink(),
              Duration.ofDays(90),
              ahead,
              Metrics.NONE);
    }

    void check() {
      Random random = new Random(seed);
      List<Arrival> arrivals = new RandomHistory(seed, START).arrivals(60);
      List<OracleEvent> seen = new ArrayList<>();
      for (Arrival arrival : arrivals) {
        right.set(arrival.atMillis());
        ahead.set(arrival.atMillis() + SKEW);
        seen.add(OracleEvent.parse(arrival.json()));
        process(random.nextBoolean() ? onTime : early, arrival);
      }
      right.set(right.millis() + SKEW);
      for (String city : List.of("c0", "c1")) {
        Arrival last = new Arrival(right.millis(), created(city, right.millis()));
        seen.add(OracleEvent.parse(last.json()));
        process(onTime, last);
      }
      NewestResults newest = new NewestResults(group);
      newest.add(results.results());
      newest.equal(new Oracle(seen), List.of("c0", "c1"));
    }

    private static String created(String city, long at) {
      return OrderJson.event("ORDER_CREATED", "last-" + city, at)
          .with("cityCode", EventJson.quoted(city))
          .toString();
    }

    private void process(Aggregator instance, Arrival arrival) {
      var report = instance.process(List.of(EventJson.record("1", arrival.json())));
      if (report.invalid() > 0 || report.firstUnfinished().isPresent()) {
        throw new AssertionError("%s, seed %d: %s".formatted(group, seed, report));
      }
    }
  }
}
