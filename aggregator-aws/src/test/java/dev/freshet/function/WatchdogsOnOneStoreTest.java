package dev.freshet.function;

import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Aggregator;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.StreamResults;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stepfunctions.Executions;
import dev.freshet.stepfunctions.RecalculationTimer;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.EventJson;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The watchdogs of two services of one stage that share a state store. */
@Tag("verify")
class WatchdogsOnOneStoreTest {

  private final HandClock clock = new HandClock(NOON);
  private Redis redis;
  private Service items;
  private Service rides;

  @BeforeEach
  void connect() {
    redis = TestRedis.connect();
    items = new Service("items");
    rides = new Service("rides");
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Test
  void eachStartsTheExecutionsOfItsOwnGroups() {
    items.takeAnEvent();
    rides.takeAnEvent();

    assertThat(items.watch()).isEmpty();

    assertThat(items.started).singleElement().asString().startsWith(items.demand.name() + "-");
    assertThat(rides.started).isEmpty();
    assertThat(rides.watch()).isEmpty();
    assertThat(rides.started).singleElement().asString().startsWith(rides.demand.name() + "-");
  }

  @Test
  void neitherDisturbsTheExecutionsOfTheOther() {
    items.takeAnEvent();
    rides.takeAnEvent();

    for (int minute = 0; minute < 3; minute++) {
      assertThat(items.watch()).isEmpty();
      assertThat(rides.watch()).isEmpty();
    }
    assertThat(items.started).hasSize(1);
    assertThat(rides.started).hasSize(1);

    rides.running.clear();
    items.watch();
    rides.watch();
    assertThat(items.started).hasSize(1);
    assertThat(rides.started).as("after its execution was killed").hasSize(2);
  }

  @Test
  void aGroupThatFailsIsNamedAndTheOthersAreLookedAfter() {
    List<String> watched = new ArrayList<>();
    Catalogue catalogue = catalogue("both", List.of(rides.demand, items.demand));

    List<String> failed =
        WatchdogHandler.watchAll(
            catalogue,
            group -> {
              watched.add(group);
              if (group.equals(rides.demand.name())) {
                throw new IllegalStateException("broken");
              }
            });

    assertThat(failed).containsExactly(rides.demand.name());
    assertThat(watched).containsExactly(rides.demand.name(), items.demand.name());
  }

  private static Catalogue catalogue(String name, List<FeatureGroup> groups) {
    return new Catalogue() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<FeatureGroup> groups() {
        return groups;
      }
    };
  }

  /** A service whose function cannot start executions; its watchdog can. */
  private final class Service implements Executions {

    private final FeatureGroup demand = TestGroups.demand();
    private final Catalogue catalogue;
    private final List<String> started = new ArrayList<>();
    private final Set<String> running = new HashSet<>();

    Service(String name) {
      catalogue = catalogue(name, List.of(demand, TestGroups.lastValues(3)));
    }

    void takeAnEvent() {
      Aggregator aggregator =
          new Aggregator(
              demand,
              RedisStateStore.of(demand, redis, Duration.ofDays(1), Metrics.NONE),
              new StreamResults(new FakeSink()),
              new FakeSink(),
              Duration.ofDays(90),
              clock,
              Metrics.NONE);
      EventJson event =
          EventJson.event("ITEM_CREATED", "e", NOON)
              .with("areaCode", EventJson.quoted("c"))
              .with("totalAmount", "1");
      assertThat(aggregator.process(List.of(event.record("1"))).applied()).isOne();
    }

    List<String> watch() {
      return WatchdogHandler.watchAll(
          catalogue,
          group ->
              new RecalculationTimer(group, redis, this, Duration.ofSeconds(1), clock, Metrics.NONE)
                  .watch(new RedisDueKeys(catalogue.group(group), redis)));
    }

    @Override
    public void start(String execution, String inputJson) {
      assertThat(inputJson).contains("\"featureGroup\":\"" + demand.name() + "\"");
      started.add(execution);
      running.add(execution);
    }

    @Override
    public boolean isRunning(String execution) {
      return running.contains(execution);
    }
  }
}
