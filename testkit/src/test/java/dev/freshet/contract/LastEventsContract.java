package dev.freshet.contract;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.heldMicros;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.state.StateStore;
import dev.freshet.testing.TestGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every state store does with the last events of a key. */
interface LastEventsContract {

  StateStore store(FeatureGroup group);

  @Test
  default void valuesAreHeldOldestFirstWhateverTheOrderOfArrival() {
    StateStore store = store(TestGroups.heldValues(3));
    assertThat(apply(store, value("b", NOON, 2))).containsExactly(2);
    assertThat(apply(store, value("c", NOON + 5, 3))).containsExactly(2, 3);
    assertThat(apply(store, value("a", NOON - 5, 1))).containsExactly(1, 2, 3);
    assertThat(apply(store, value("d", NOON + 2, 9))).containsExactly(2, 9, 3);
  }

  @Test
  default void theOldestLeavesWhenTheListIsFull() {
    StateStore store = store(TestGroups.heldValues(2));
    apply(store, value("a", NOON, 1), value("b", NOON + 1, 2));
    KeyState state = step(store, value("c", NOON + 2, 3));
    assertThat(heldMicros(state)).containsExactly(2, 3);
    assertThat(state.newestMillis()).isEqualTo(NOON + 2);
    assertThat(state.tally()).isEqualTo(new Tally(1, 0, 0, 0));
  }

  @Test
  default void anEventOlderThanAFullListIsLate() {
    StateStore store = store(TestGroups.heldValues(2));
    apply(store, value("b", NOON, 1), value("c", NOON + 1, 2));
    KeyState state = step(store, value("a", NOON - 1, 9), value("a2", NOON, 8));
    assertThat(heldMicros(state)).containsExactly(1, 2);
    assertThat(state.tally()).isEqualTo(new Tally(0, 0, 2, 0));
    assertThat(state.newestMillis()).isEqualTo(NOON + 1);
  }

  @Test
  default void aDuplicateChangesNothingInAnyBatch() {
    StateStore store = store(TestGroups.heldValues(3));
    KeyState first = step(store, value("a", NOON, 1), value("a", NOON, 1));
    assertThat(first.tally()).isEqualTo(new Tally(1, 1, 0, 0));
    KeyState again = step(store, value("a", NOON, 1), value("b", NOON + 1, 2));
    assertThat(again.tally()).isEqualTo(new Tally(1, 1, 0, 0));
    assertThat(heldMicros(again)).containsExactly(1, 2);
  }

  @Test
  default void ofAnIdWithTwoTimesTheLatestCountsWhicheverCameFirst() {
    Event first = value("a", NOON, 1);
    Event again = value("a", NOON + 10, 2);
    Event between = value("b", NOON + 5, 3);
    StateStore store = store(TestGroups.heldValues(3));
    apply(store, first, between);
    KeyState state = step(store, again);
    assertThat(heldMicros(state)).containsExactly(3, 2);
    assertThat(state.tally()).isEqualTo(new Tally(1, 0, 0, 0));
    assertThat(state.newestMillis()).isEqualTo(NOON + 10);
    KeyState old = step(store, first);
    assertThat(heldMicros(old)).containsExactly(3, 2);
    assertThat(old.tally()).isEqualTo(new Tally(0, 1, 0, 0));
    for (Event[] batch : new Event[][] {{first, again, between}, {again, between, first}}) {
      KeyState once = step(store(TestGroups.heldValues(3)), batch);
      assertThat(heldMicros(once)).containsExactly(3, 2);
      assertThat(once.tally().late()).isZero();
    }
  }

  @Test
  default void anIdThatIsMovedFreesItsPlace() {
    StateStore store = store(TestGroups.heldValues(2));
    apply(store, value("a", NOON, 1), value("b", NOON + 1, 2));
    assertThat(apply(store, value("a", NOON + 2, 3))).containsExactly(2, 3);
    assertThat(apply(store, value("a", NOON + 3, 4), value("a", NOON + 4, 5)))
        .containsExactly(2, 5);
  }

  @Test
  default void randomRestampedEventsAreAFunctionOfTheirSet() {
    for (int seed = 1; seed <= 60; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(6);
      StateStore store = store(TestGroups.heldValues(size));
      Map<String, Event> latest = new LinkedHashMap<>();
      for (int step = 0; step < 25; step++) {
        Event[] batch = new Event[1 + random.nextInt(4)];
        for (int i = 0; i < batch.length; i++) {
          int at = step + random.nextInt(12);
          int id = random.nextInt(10);
          batch[i] = value("" + (char) ('a' + id), NOON + at, 100L * at + id);
          latest.merge(
              batch[i].eventId(),
              batch[i],
              (a, b) -> b.occurredAtMillis() > a.occurredAtMillis() ? b : a);
        }
        assertThat(apply(store, batch))
            .as("seed %d, step %d, last %d", seed, step, size)
            .containsExactly(naive(latest, size));
      }
    }
  }

  @Test
  default void theReplayOfAnEvictedEventIsLate() {
    StateStore store = store(TestGroups.heldValues(1));
    apply(store, value("a", NOON, 1));
    apply(store, value("b", NOON + 1, 2));
    KeyState replayed = step(store, value("a", NOON, 1));
    assertThat(heldMicros(replayed)).containsExactly(2);
    assertThat(replayed.tally()).isEqualTo(new Tally(0, 0, 1, 0));
  }

  @Test
  default void oneBatchMayBeLargerThanTheList() {
    StateStore store = store(TestGroups.heldValues(3));
    Event[] batch =
        IntStream.range(0, 2_500)
            .mapToObj(i -> value("e" + i, NOON + (i * 7919L) % 2_500, (i * 7919L) % 2_500))
            .toArray(Event[]::new);
    KeyState state = step(store, batch);
    assertThat(heldMicros(state)).containsExactly(2_497, 2_498, 2_499);
    assertThat(state.tally().applied() + state.tally().late()).isEqualTo(2_500);
  }

  @Test
  default void theLargestListMergesAWholeBatchOfOlderEvents() {
    StateStore store = store(TestGroups.heldValues(1_000));
    apply(store, numbered(1, 2_000));
    assertThat(apply(store, numbered(0, 2_000)))
        .containsExactly(IntStream.range(1_000, 2_000).asLongStream().toArray());
  }

  private static Event[] numbered(int from, int to) {
    return IntStream.iterate(from, i -> i < to, i -> i + 2)
        .mapToObj(i -> value("e" + i, NOON + i, i))
        .toArray(Event[]::new);
  }

  @Test
  default void eventsOfOneInstantAreOrderedByTheBytesOfTheirIds() {
    // As UTF-16, which String.compareTo uses, the supplementary 😀 comes before the private-use .
    List<String> ids =
        List.of(" ", "A", "Z", "a", "a b", "aa", "b", "é", "ö", "日本", "\uE000", "\uFFFD", "😀");
    StateStore store = store(TestGroups.heldValues(ids.size()));
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, ids.size()).boxed().toList());
    Collections.shuffle(shuffled, new Random(5));
    for (int i : shuffled) {
      apply(store, value(ids.get(i), NOON, i));
    }
    assertThat(apply(store, value("A", NOON, 1)))
        .containsExactly(IntStream.range(0, ids.size()).asLongStream().toArray());
  }

  @Test
  default void anIdMayHoldAnyCharacter() {
    List<String> ids = List.of("\0", "\0\0", "\n", "1 2", "1 2 3", "a\nb", "a\0b", "%d", "}{");
    StateStore store = store(TestGroups.heldValues(20));
    long[] expected = IntStream.range(0, ids.size()).asLongStream().toArray();
    for (int round = 0; round < 2; round++) {
      for (int i = ids.size() - 1; i >= 0; i--) {
        apply(store, value(ids.get(i), NOON + i, i));
      }
    }
    assertThat(apply(store, value("\n", NOON + 2, 2))).containsExactly(expected);
  }

  @Test
  default void timesAndValuesMayBeNegative() {
    StateStore store = store(TestGroups.heldValues(3));
    apply(store, value("a", -5, -1), value("b", -62_167_219_200_000L, -999_999_999_999_999L));
    KeyState state = step(store, value("c", -6, 999_999_999_999_999L));
    assertThat(heldMicros(state)).containsExactly(-999_999_999_999_999L, 999_999_999_999_999L, -1);
    assertThat(state.newestMillis()).isEqualTo(-5);
  }

  @Test
  default void keysOfOneBatchAreKeptApart() {
    StateStore store = store(TestGroups.heldValues(3));
    List<KeyState> states =
        store.apply(
            List.of(
                new KeyEvents("x", List.of(value("a", NOON, 1))),
                new KeyEvents("y", List.of(value("a", NOON, 2)))),
            NOON);
    assertThat(states).extracting(state -> heldMicros(state)[0]).containsExactly(1L, 2L);
  }

  @Test
  default void theVersionGrowsWithEveryStepOfAKey() {
    StateStore store = store(TestGroups.heldValues(2));
    long before = 0;
    for (int i = 0; i < 200; i++) {
      long version = step(store, value("a" + i % 3, NOON, 1)).version();
      assertThat(version).isGreaterThan(before);
      before = version;
    }
  }

  @Test
  default void randomHistoriesEqualTheNaiveModel() {
    for (int seed = 1; seed <= 60; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(8);
      StateStore store = store(TestGroups.heldValues(size));
      Map<String, Event> known = new LinkedHashMap<>();
      for (int step = 0; step < 25; step++) {
        Event[] batch = randomBatch(random);
        Arrays.stream(batch).forEach(event -> known.putIfAbsent(event.eventId(), event));
        assertThat(apply(store, batch))
            .as("seed %d, step %d, last %d", seed, step, size)
            .containsExactly(naive(known, size));
      }
    }
  }

  /** Few ids, so that there are many duplicates; the id determines the event. */
  private static Event[] randomBatch(Random random) {
    Event[] batch = new Event[1 + random.nextInt(12)];
    for (int i = 0; i < batch.length; i++) {
      int number = random.nextInt(60);
      String id = new String(Character.toChars(number % 7 == 0 ? 0x1F600 + number : 'A' + number));
      batch[i] = value(id, NOON + (number * 31) % 17 - 8, number * 37L % 60 - 30);
    }
    return batch;
  }

  private static long[] naive(Map<String, Event> known, int size) {
    TreeMap<String, Long> ordered = new TreeMap<>();
    for (Event event : known.values()) {
      StringBuilder key =
          new StringBuilder().append(String.format("%020d ", event.occurredAtMillis()));
      for (byte each : event.eventId().getBytes(UTF_8)) {
        key.append(String.format("%02x", each));
      }
      ordered.put(key.toString(), event.numbers()[0]);
    }
    return ordered.values().stream()
        .skip(Math.max(0, ordered.size() - size))
        .mapToLong(Long::longValue)
        .toArray();
  }

  private static KeyState step(StateStore store, Event... events) {
    return store.apply(change("key", events), NOON).get(0);
  }

  private static long[] apply(StateStore store, Event... events) {
    return heldMicros(step(store, events));
  }
}
