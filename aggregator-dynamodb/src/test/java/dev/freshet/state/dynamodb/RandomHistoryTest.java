package dev.freshet.state.dynamodb;

import static dev.freshet.testing.TestEvents.DAY;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Event;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.dynamodb.FaultyHttp.Fault;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests random histories of a few entities: several functions, some of which restart, events out of
 * order, twice and ahead of the clock, entities that fall asleep, and DynamoDB failing at any
 * request. Every state must be that of the events.
 */
@Tag("containers")
@Tag("verify")
@Timeout(120)
class RandomHistoryTest {

  private static final List<Fault> FAULTS = List.of(Fault.values());

  private static final int STEPS = 120;
  private static final Redis REDIS = TestRedis.shared();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyStateIsThatOfTheEvents(long seed) {
    new Run(seed).play();
  }

  private static final class Run {
    private final long seed;
    private final Random random;
    private final HistoryPlatform platform;
    private final List<RedisStateStore> functions = new ArrayList<>();
    private final List<Event> earlier = new ArrayList<>();
    private final Map<String, String> entityOf = new LinkedHashMap<>();
    private int step;

    Run(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.platform = new HistoryPlatform(HistoryGroups.parcels(), REDIS, NOON);
      for (int i = 0; i < 3; i++) {
        functions.add(platform.function());
      }
    }

    void play() {
      for (step = 0; step < STEPS; step++) {
        move();
        platform.awakeFor(random.nextBoolean() ? Duration.ZERO : Duration.ofHours(1));
        if (random.nextInt(12) == 0) {
          functions.set(random.nextInt(3), platform.function());
        }
        if (random.nextInt(3) == 0) {
          recalculate();
        } else {
          process();
        }
      }
      platform.archiveAll();
      platform.archiveAll();
      platform.expected.entities().forEach(platform::sleep);
      platform.expected.entities().forEach(platform::requireExact);
      platform.close();
    }

    private void move() {
      long[] pauses = {1, MINUTE, 10 * MINUTE, HOUR, 5 * HOUR, 3 * DAY};
      long pause = pauses[random.nextInt(random.nextInt(5) == 0 ? 6 : 4)];
      platform.clock.set(platform.clock.millis() + random.nextLong(pause) + 1);
    }

    private void recalculate() {
      breakDynamoDb();
      try {
        platform.recalculator().recalculate(() -> false);
      } catch (StateStoreException e) {
        // the next one goes on
      } finally {
        platform.http.heal();
      }
    }

    /** Delivers a batch, again and again until it is done. */
    private void process() {
      List<KeyEvents> batch = batch();
      breakDynamoDb();
      for (boolean isDone = false; !isDone; platform.http.heal()) {
        try {
          RedisStateStore function = functions.get(random.nextInt(3));
          function.apply(
              batch,
              platform.clock.millis(),
              (index, state) ->
                  assertThat(numbers(state))
                      .as("seed %d, step %d, %s", seed, step, batch.get(index))
                      .isEqualTo(
                          platform.expected.features(batch.get(index).key(), state.asOfMillis())));
          isDone = true;
        } catch (StateStoreException e) {
          isDone = false;
        }
      }
    }

    private void breakDynamoDb() {
      int first = random.nextInt(4);
      Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
      platform.http.plan(request -> request < first ? Fault.NONE : fault);
    }

    private List<KeyEvents> batch() {
      Map<String, List<Event>> events = new LinkedHashMap<>();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        Event event = random.nextInt(5) == 0 && !earlier.isEmpty() ? again() : fresh();
        String entity = entityOf.computeIfAbsent(event.eventId(), id -> "e" + random.nextInt(6));
        platform.expected.add(entity, event);
        events.computeIfAbsent(entity, unseen -> new ArrayList<>()).add(event);
      }
      return events.entrySet().stream().map(e -> new KeyEvents(e.getKey(), e.getValue())).toList();
    }

    /** Returns one of the last events; those that would be late are not delivered again. */
    private Event again() {
      Event event = earlier.get(earlier.size() - 1 - random.nextInt(Math.min(10, earlier.size())));
      return isLate(event) ? fresh() : event;
    }

    private boolean isLate(Event event) {
      return event.occurredAtMillis()
          <= platform.clock.millis() - HistoryGroups.LATENESS.toMillis();
    }

    private Event fresh() {
      long age = random.nextLong(random.nextBoolean() ? MINUTE : HOUR);
      long ahead = random.nextInt(10) == 0 ? random.nextLong(5 * MINUTE) + age : 0;
      long time = platform.clock.millis() - age + ahead;
      Event event = value("id" + earlier.size(), time, random.nextLong(1, 1_000) * 1_000);
      earlier.add(event);
      return event;
    }
  }
}
