package dev.freshet.state;

import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.plain;
import static dev.freshet.testing.TestEvents.stage;
import static dev.freshet.testing.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.KindState.Outcome;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.testing.Frugality;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.TimelineDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tests the fold of one entity: it depends only on the set of events, and is the same from a
 * snapshot.
 */
class EntityStateTest {

  private static final Duration TTL = Duration.ofDays(90);

  private static List<FeatureGroup> groups() {
    return List.of(
        TestGroups.demand(),
        TestGroups.itemStages(),
        TestGroups.heldValues(30),
        TestGroups.mixed());
  }

  @Test
  void aStateFromASnapshotGivesTheSameFeaturesThenAndLater() {
    for (FeatureGroup group : groups()) {
      for (int seed = 1; seed <= 60; seed++) {
        Random random = new Random(seed);
        EntityState state = EntityState.empty(group, NOON);
        long now = NOON;
        for (int i = random.nextInt(150); i >= 0; i--) {
          fold(group, state, event(group, now, random), now);
          now += random.nextInt(3) == 0 ? random.nextInt(5 * (int) MINUTE) : 0;
          state.advanceTo(now);
        }
        String as = "%s, seed %d".formatted(group, seed);
        EntityState read = throughSnapshot(group, state, now);
        assertThat(describe(read)).as(as).isEqualTo(describe(state));
        goOn(group, state, read, now, random, as);
      }
    }
  }

  /** Events may be dated ahead of the clock, and have left every window when it is read. */
  @Test
  void aSnapshotThatIsReadLaterGivesTheSameAsTheStateThatWasKept() {
    for (FeatureGroup group : groups()) {
      for (int seed = 1; seed <= 60; seed++) {
        Random random = new Random(seed);
        EntityState state = EntityState.empty(group, NOON);
        for (int i = random.nextInt(20); i >= 0; i--) {
          fold(group, state, event(group, NOON, random), NOON);
        }
        long later = NOON + random.nextInt(300) * MINUTE;
        EntityState read = throughSnapshot(group, state, later);
        state.advanceTo(later);
        assertThat(describe(read)).as("%s, seed %d", group, seed).isEqualTo(describe(state));
      }
    }
  }

  private static void goOn(
      FeatureGroup group,
      EntityState state,
      EntityState read,
      long from,
      Random random,
      String as) {
    long now = from;
    for (int i = 0; i < 40; i++) {
      now += random.nextInt(4) == 0 ? HOUR : random.nextInt(2 * (int) MINUTE);
      state.advanceTo(now);
      read.advanceTo(now);
      Event event = event(group, now, random);
      assertThat(fold(group, read, event, now)).as(as).isEqualTo(fold(group, state, event, now));
      assertThat(describe(read)).as("%s, %d later", as, i).isEqualTo(describe(state));
    }
  }

  @Test
  void orderAndRepetitionOfEventsChangeNothing() {
    for (FeatureGroup group : groups()) {
      for (int seed = 1; seed <= 60; seed++) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int i = random.nextInt(120); i >= 0; i--) {
          events.add(event(group, NOON, random));
        }
        String expected = describe(folded(group, events, random, 0));
        for (int shuffle = 0; shuffle < 3; shuffle++) {
          List<Event> again = new ArrayList<>(events);
          events.stream().filter(each -> random.nextBoolean()).forEach(again::add);
          Collections.shuffle(again, random);
          assertThat(describe(folded(group, again, random, 30)))
              .as("%s, seed %d", group, seed)
              .isEqualTo(expected);
        }
      }
    }
  }

  /** If an event arrives with several times, the newest counts. */
  @Test
  void anIdWithSeveralTimesCountsOnceInAnyOrder() {
    for (FeatureGroup group : List.of(TestGroups.demand(), TestGroups.heldValues(8))) {
      for (int seed = 1; seed <= 60; seed++) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
          int minute = random.nextInt(50);
          events.add(value("e" + random.nextInt(15), NOON - minute * MINUTE, minute + 1));
        }
        String expected = describe(folded(group, events, random, 0));
        Collections.shuffle(events, random);
        assertThat(describe(folded(group, events, random, 20)))
            .as("%s, seed %d", group, seed)
            .isEqualTo(expected);
      }
    }
  }

  /** Folds events, with a snapshot from time to time. */
  private static EntityState folded(
      FeatureGroup group, List<Event> events, Random random, int meanBetweenSnapshots) {
    EntityState state = EntityState.empty(group, NOON - 20 * MINUTE);
    for (int i = 0; i < events.size(); i++) {
      fold(group, state, events.get(i), NOON);
      if (meanBetweenSnapshots > 0 && random.nextInt(meanBetweenSnapshots) == 0) {
        state = throughSnapshot(group, state, NOON - 20 * MINUTE);
      }
      if (i == events.size() / 2) {
        state.advanceTo(NOON - random.nextInt(20) * MINUTE);
      }
    }
    state.advanceTo(NOON);
    return state;
  }

  /** Each enters a window at the instant at which another leaves it. */
  @Test
  void fourThousandPairsOfChangesThatCancelOutCostLittle() {
    FeatureGroup group = TestGroups.onlyMinuteCount();
    EntityState state = EntityState.empty(group, NOON);
    Frugality.within(Duration.ofSeconds(4), () -> foldPairs(group, state));
    assertThat(state.toKeyState(1, Tally.NONE, KeyState.Place.NONE).features())
        .hasToString("[4000.0]");
  }

  private static void foldPairs(FeatureGroup group, EntityState state) {
    for (int i = 0; i < 4_000; i++) {
      fold(group, state, plain("a" + i, NOON + 1 + i), NOON);
      fold(group, state, plain("b" + i, NOON + 1 + i + MINUTE), NOON);
      assertThat(state.nextChangeMillis()).isEqualTo(NOON + 1);
    }
    state.advanceTo(NOON + 4_000);
    long next = NOON + 1 + 2 * MINUTE; // all entered; whenever one leaves, another enters
    for (int i = 0; i < 4_000; i++) {
      assertThat(state.nextChangeMillis()).isEqualTo(next);
      fold(group, state, plain("a" + i, NOON + 1 + i), NOON);
    }
  }

  /** Items that no event can name any more are removed, even if the entity is never empty. */
  @Test
  void memoryFollowsTheWindow() {
    FeatureGroup group = TestGroups.onlyMinuteCount();
    EntityState state = EntityState.empty(group, NOON);
    long most = 0;
    for (int i = 0; i < 20_000; i++) {
      long now = NOON + i * 1_000L;
      state.advanceTo(now);
      fold(group, state, plain("item-" + i, now), now);
      most = Math.max(most, state.sizeBytes());
    }
    assertThat(most).as("bytes of the sixty items of a minute").isLessThan(40_000);
    assertThat(snapshot(state)).as("bytes of a snapshot").hasSizeLessThan(60 * 20);
  }

  /** The same for a lifecycle, which holds an item of each ten seconds for some hours. */
  @Test
  void memoryFollowsTheItemsOfALifecycle() {
    FeatureGroup group = TestGroups.itemStages();
    EntityState state = EntityState.empty(group, NOON);
    long most = 0;
    for (int i = 0; i < 20_000; i++) {
      long now = NOON + i * 10_000L;
      state.advanceTo(now);
      fold(group, state, stage("item-" + i, 0, now), now);
      most = Math.max(most, state.sizeBytes());
    }
    assertThat(most).as("bytes of 1,440 items, twice").isLessThan(1_000_000);
    assertThat(snapshot(state)).as("bytes of a snapshot").hasSizeLessThan(1_440 * 9);
  }

  @Test
  void aSnapshotHoldsOnlyWhatAnEventCanStillName() {
    FeatureGroup group = TestGroups.onlyMinuteCount();
    EntityState state = EntityState.empty(group, NOON);
    for (int i = 0; i < 50; i++) {
      fold(group, state, plain("item-" + i, NOON), NOON);
    }
    state.advanceTo(NOON + MINUTE);
    fold(group, state, plain("last", NOON + MINUTE), NOON + MINUTE);
    assertThat(snapshot(state)).hasSizeLessThan(30);
  }

  private static Outcome fold(FeatureGroup group, EntityState state, Event event, long now) {
    return state.fold(event, group.kindsFor(event, now, TTL));
  }

  private static EntityState throughSnapshot(FeatureGroup group, EntityState state, long now) {
    byte[] bytes = snapshot(state);
    SnapshotReader in = new SnapshotReader(bytes, 0, bytes.length);
    EntityState read = EntityState.read(group, Coverage.COMPLETE, in, now);
    assertThat(in.remaining()).as("bytes that are not read").isZero();
    return read;
  }

  private static byte[] snapshot(EntityState state) {
    SnapshotWriter out = new SnapshotWriter(0);
    state.write(out);
    return out.toBytes();
  }

  private static String describe(EntityState state) {
    KeyState answer = state.toKeyState(1, Tally.NONE, KeyState.Place.NONE);
    return TimelineDriver.describe(answer) + ", empty: " + answer.isEmpty();
  }

  /** Uses few ids, so that many repeat; the id determines the event. */
  private static Event event(FeatureGroup group, long now, Random random) {
    int number = random.nextInt(90);
    long hour = now - now % HOUR;
    long at = hour + (number * 37 % 90 - 60) * MINUTE / 2;
    if (group.eventTypes().size() > 1) {
      int item = number % 25;
      int again = random.nextInt(4) == 0 ? 10 : 0; // the same stage once more
      long minute = item - 12L + number % 4 + again;
      return stage("o" + item + "/" + hour, number % 4, hour + minute * MINUTE);
    }
    long micros = number % 5 == 0 ? Occurrence.NO_VALUE : number * 123_457L * (number % 3 - 1);
    String id = IntStream.range(0, number % 3).mapToObj(i -> "é").reduce("e", String::concat);
    return value(id + number + "/" + hour, at, micros);
  }
}
