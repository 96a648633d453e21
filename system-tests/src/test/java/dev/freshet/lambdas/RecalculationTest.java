package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.oracle.RandomHistory;
import dev.freshet.redis.Redis;
import dev.freshet.result.Trigger;
import dev.freshet.state.DueKeys;
import dev.freshet.state.KeyEvents;
import dev.freshet.testing.redis.TestRedis;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that every feature is right at every instant, as time passes. */
@Tag("verify")
class RecalculationTest {

  private static final long START = Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  private static final Redis REDIS = TestRedis.shared();

  @BeforeEach
  void clear() {
    REDIS.await(REDIS.pipeline(commands -> commands.flushall()));
  }

  @Test
  void anOrderLeavesItsWindowExactlyAtItsEnd() throws IOException {
    RecalculatedGroup stores = new RecalculatedGroup(StoreOrdersHandler.FEATURES, REDIS, START);
    stores.at(START + MINUTE).process(created("o1", START + MINUTE));
    assertThat(stores.features("7")).containsEntry("created_10m", 1.0);

    stores.at(START + 11 * MINUTE - 1).recalculate();
    assertThat(stores.features("7")).containsEntry("created_10m", 1.0);

    stores.at(START + 11 * MINUTE).recalculate();
    assertThat(stores.features("7"))
        .containsEntry("created_10m", 0.0)
        .containsEntry("created_30m", 1.0);
    assertThat(stores.last.get("7").trigger()).isEqualTo(Trigger.RECALCULATION);
  }

  @Test
  void whenEveryWindowIsEmptyZerosArePublishedAndTheStateIsRemoved() throws IOException {
    RecalculatedGroup cities = new RecalculatedGroup(CityDemandHandler.FEATURES, REDIS, START);
    cities.at(START).process(created("o1", START));
    assertThat(lists()).hasSize(1);
    cities.at(START + 60 * MINUTE).recalculate();
    assertThat(cities.features("c"))
        .containsEntry("created_60m", 0.0)
        .containsEntry("amount_sum_60m", 0.0)
        .doesNotContainKey("amount_mean_60m");
    assertThat(cities.last.get("c").validUntil()).isEmpty();
    assertThat(cities.dueKeys.next()).isEmpty();
    assertThat(lists()).isEmpty();
  }

  /** The keys of the state of entity c. */
  private List<byte[]> lists() {
    return REDIS.ask(commands -> commands.keys("state:*:c"));
  }

  @Test
  void randomHistoriesEqualTheOracleAtRandomInstants() throws IOException {
    int checks = 0;
    for (long seed = 1; seed <= 14; seed++) {
      for (FeatureGroup group :
          List.of(
              StoreOrdersHandler.FEATURES,
              CityOrdersHandler.FEATURES,
              CityDemandHandler.FEATURES)) {
        clear();
        checks += checkHistory(seed, new RecalculatedGroup(group, REDIS, START));
      }
    }
    assertThat(checks).isGreaterThan(10_000);
  }

  /** Checks every key seen so far after each batch, and at random instants in between. */
  private static int checkHistory(long seed, RecalculatedGroup subject) throws IOException {
    Random random = new Random(seed);
    List<OracleEvent> seen = new ArrayList<>();
    int checks = 0;
    for (Arrival arrival : new RandomHistory(seed, START).arrivals(25)) {
      long quiet = Math.max(0, arrival.atMillis() - subject.clock.millis());
      subject.at(subject.clock.millis() + (long) (quiet * random.nextDouble())).recalculate();
      checks += subject.check(new Oracle(seen), "seed " + seed);
      subject.at(Math.max(subject.clock.millis(), arrival.atMillis())).process(arrival.json());
      seen.add(OracleEvent.parse(arrival.json()));
    }
    for (int hour = 0; hour < 6; hour++) {
      subject.at(subject.clock.millis() + random.nextInt(3_600_000)).recalculate();
      checks += subject.check(new Oracle(seen), "seed " + seed);
    }
    subject.at(subject.clock.millis() + 6 * 60 * MINUTE).recalculate();
    assertThat(subject.dueKeys.next()).as("seed %d", seed).isEmpty();
    return checks;
  }

  @Test
  void aResultThatWasNotAcknowledgedIsPublishedByTheNextRecalculation() throws IOException {
    RecalculatedGroup cities = new RecalculatedGroup(CityDemandHandler.FEATURES, REDIS, START);
    cities.at(START).process(created("o1", START));
    cities.results.refuse("city:c");
    cities.at(START + MINUTE);
    assertThatIllegalStateException().isThrownBy(cities::recalculate);

    cities.results.refuse();
    cities.recalculate();
    assertThat(cities.features("c")).containsEntry("created_1m", 0.0);
  }

  @Test
  void aCrashBetweenRecomputingAndPublishingOnlyRepeatsWork() throws IOException {
    RecalculatedGroup cities = new RecalculatedGroup(CityDemandHandler.FEATURES, REDIS, START);
    cities.at(START).process(created("o1", START));
    cities.store.apply(List.of(new KeyEvents("c", List.of())), START + MINUTE);

    cities.at(START + MINUTE).recalculate();
    assertThat(cities.features("c")).containsEntry("created_1m", 0.0);
  }

  /** Time alone would never change this key; the random histories found this case. */
  @Test
  void aLostResultIsPublishedAlthoughItsEventIsLateByThen() throws IOException {
    RecalculatedGroup cities = new RecalculatedGroup(CityOrdersHandler.FEATURES, REDIS, START);
    String cancelled = cancelled("o1", START);
    cities.at(START).results.refuse("city:c");
    assertThat(
            cities
                .aggregator
                .process(List.of(RecalculatedGroup.record(cancelled)))
                .firstUnfinished())
        .hasValue(0);

    cities.results.refuse();
    cities.at(START + 6 * 60 * MINUTE).process(cancelled);
    assertThat(cities.last).as("late").isEmpty();
    cities.recalculate();
    assertThat(cities.features("c")).containsEntry("undelivered", 0.0);
  }

  @Test
  void anEventBetweenRecomputingAndSettlingKeepsItsOwnDueInstant() throws IOException {
    RecalculatedGroup cities = new RecalculatedGroup(CityDemandHandler.FEATURES, REDIS, START);
    cities.at(START).process(created("o1", START));
    var stale = cities.store.apply(List.of(new KeyEvents("c", List.of())), START + MINUTE).get(0);
    cities.at(START + MINUTE).process(created("o2", START + MINUTE));
    cities.dueKeys.settle(List.of(new DueKeys.Settled("c", stale)));
    assertThat(cities.dueKeys.next().orElseThrow()).isLessThanOrEqualTo(START + 2 * MINUTE);
    cities.at(START + 2 * MINUTE).recalculate();
    assertThat(cities.features("c")).containsEntry("created_1m", 0.0);
  }

  private static String created(String order, long at) {
    return ("{\"eventId\":\"%s-created\",\"eventType\":\"ORDER_CREATED\",\"occurredAt\":%d,"
            + "\"orderId\":\"%s\",\"storeId\":\"7\",\"cityCode\":\"c\",\"totalAmount\":2.5}")
        .formatted(order, at, order);
  }

  private static String cancelled(String order, long at) {
    return ("{\"eventId\":\"%s-cancelled\",\"eventType\":\"ORDER_CANCELLED\",\"occurredAt\":%d,"
            + "\"orderId\":\"%s\",\"storeId\":\"7\",\"cityCode\":\"c\"}")
        .formatted(order, at, order);
  }
}
