package dev.freshet.operations.forget;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.testing.dynamodb.TestDynamoDb.TABLE;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.FeatureComputer;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.Trigger;
import dev.freshet.state.Archive;
import dev.freshet.state.Archived;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Snapshot;
import dev.freshet.state.StateStore;
import dev.freshet.state.dynamodb.DynamoDbArchive;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.TestEvents;
import dev.freshet.testing.TestGroups;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The functions of a group with history, on a real state store and table. */
final class HistoryFunction {

  private static final Duration TTL = Duration.ofDays(90);
  private static final long STORED_AFTER = Archive.LONGEST_DELAY.plusMinutes(1).toMillis();

  private final FeatureGroup group =
      FeatureGroup.named(TestGroups.freshName("parcels"))
          .dimension(TestGroups.WORKER)
          .reads(TestGroups.ITEM_DELIVERED)
          .lateness(Duration.ofHours(1))
          .over(lifetime(), count())
          .over(days(30).every(Duration.ofDays(1)), count())
          .build();

  private final FeatureComputer computer = new FeatureComputer(group);
  private final Redis redis;
  private final DynamoDbArchive archive;
  private final StateStore store;
  private final HandClock clock;
  private int events;

  HistoryFunction(Redis redis, DynamoDbClient client, long nowMillis) {
    this.redis = redis;
    this.clock = new HandClock(nowMillis);
    this.archive = new DynamoDbArchive(client, TABLE, group, Metrics.NONE);
    this.store = RedisStateStore.of(group, redis, TTL, 1 << 20, archive, Metrics.NONE);
  }

  String group() {
    return group.name();
  }

  /** Adds an event of an entity; returns how many events its features now count. */
  double add(String entity) {
    String id = "e" + events++;
    List<KeyEvents> event = TestEvents.change(entity, TestEvents.plain(id, clock.millis()));
    return store.apply(event, clock.millis()).get(0).features().number(0);
  }

  /** Stores all entities that changed, as the recalculation does some minutes later. */
  void store() {
    clock.set(clock.millis() + STORED_AFTER);
    new Recalculator(
            group,
            store,
            new RedisDueKeys(group, redis, TTL),
            archive,
            results -> new BitSet(),
            clock,
            Metrics.NONE)
        .recalculate(() -> false);
  }

  /** Reads an entity as the recalculation does before it stores it. */
  Archived inHand(String entity) {
    KeyState state = store.apply(List.of(new KeyEvents(entity, List.of())), clock.millis()).get(0);
    Snapshot snapshot = state.place().snapshot();
    return new Archived(
        entity,
        state.version(),
        snapshot.bytes(),
        computer.compute(entity, state, Trigger.RECALCULATION),
        snapshot.expiresAtMillis());
  }

  /** Stores what was in hand. */
  void store(Archived inHand) {
    archive.write(List.of(inHand), index -> {});
  }

  boolean isStored(String entity) {
    return archive.read(Set.of(entity)).containsKey(entity);
  }
}
