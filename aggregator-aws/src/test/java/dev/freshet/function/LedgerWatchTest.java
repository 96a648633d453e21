package dev.freshet.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.datadog.MeterMetrics;
import dev.freshet.ledger.Fate;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.ledger.redis.RedisLedger;
import dev.freshet.ledger.redis.StoredLedgers;
import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The watchdog's look at the ledgers of two stores. */
@Tag("verify")
class LedgerWatchTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** An hour that begins after the ledgers, whose clock is that of Redis. */
  private static final long COMPUTED = 900_000 * HOUR;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private TestServer first;
  private TestServer second;
  private Redis features;
  private Redis state;

  @BeforeEach
  void start() throws IOException {
    first = TestRedis.startServer();
    second = TestRedis.startServer();
    features = first.connect(Duration.ofSeconds(2));
    state = second.connect(Duration.ofSeconds(2));
  }

  @AfterEach
  void stop() {
    features.close();
    state.close();
    first.stop();
    second.stop();
  }

  @Test
  void resultsThatHaveNotArrivedAreToldAtEachCheckAfterTheirHour() {
    publish(5);
    arrive(3);
    check(COMPUTED + HOUR);
    assertThat(missing()).isZero();
    check(COMPUTED + 2 * HOUR);
    assertThat(missing()).isEqualTo(2);
    check(COMPUTED + 3 * HOUR);
    assertThat(missing()).isEqualTo(4);
    check(COMPUTED + 50 * HOUR);
    check(COMPUTED + 51 * HOUR);
    assertThat(missing()).as("forgotten after the last check of 48 hours").isEqualTo(6);
    assertThat(StoredLedgers.readBoth(features, state))
        .allSatisfy(each -> assertThat(each.sums().isEmpty()).isTrue());
  }

  @Test
  void allThatArrivesLateIsFine() {
    publish(5);
    arrive(3);
    check(COMPUTED + HOUR);
    arrive(2);
    check(COMPUTED + 2 * HOUR);
    assertThat(missing()).isZero();
  }

  @Test
  void aStoreThatIsAwayFailsNoCheck() {
    first.stop();
    check(COMPUTED);
    assertThat(missing()).isZero();
  }

  private void check(long now) {
    MeterMetrics metrics = new MeterMetrics(() -> registry, System::nanoTime);
    new LedgerWatch(() -> features, () -> state, group -> metrics.of(group, LedgerLine.RESULTS))
        .check(now);
  }

  private double missing() {
    return registry
        .find("freshet.ledger.missing")
        .tags("feature_group", "g", "stream", "@results")
        .counters()
        .stream()
        .mapToDouble(each -> each.count())
        .sum();
  }

  private void publish(int results) {
    LedgerEntry entry = new LedgerEntry();
    for (int i = 0; i < results; i++) {
      entry.addResult(LedgerLine.RESULTS, COMPUTED, "g", Fate.IN);
      entry.addResult(LedgerLine.RESULTS, COMPUTED, "g", Fate.PUBLISHED);
    }
    new RedisLedger(state).add("f", entry);
  }

  private void arrive(int results) {
    LedgerEntry entry = new LedgerEntry();
    for (int i = 0; i < results; i++) {
      entry.addResult(LedgerLine.ARRIVED, COMPUTED, "g", Fate.DONE);
    }
    new RedisLedger(features).add("subscriber", entry);
  }
}
