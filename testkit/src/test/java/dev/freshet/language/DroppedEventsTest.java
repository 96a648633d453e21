package dev.freshet.language;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.first;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.input.Input.amount;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.stage;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.AREA;
import static dev.freshet.testing.TestGroups.CREATED;
import static dev.freshet.testing.TestGroups.DELIVERED;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static dev.freshet.testing.TestGroups.PLACE;
import static dev.freshet.testing.TestGroups.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An entity that would hold too many events loses the oldest, and the step counts them. */
class DroppedEventsTest {

  private static final FeatureGroup THREE =
      FeatureGroup.named("three")
          .dimension(AREA)
          .reads(ITEM_CREATED)
          .value(amount("totalAmount"))
          .holdingAtMost(3)
          .over(hours(1), count(), first())
          .over(last(4), mean())
          .build();

  private final InMemoryStateStore store = new InMemoryStateStore(THREE);

  @Test
  void theOldestGoFirst() {
    Event[] events = events(5);
    KeyState state = store.apply(change("k", events), NOON).get(0);
    // The windows hold those of the last three minutes; the last four are not bounded by it.
    assertThat(numbers(state)).containsExactly(3, 2, 2.5);
    assertThat(state.tally()).isEqualTo(new Tally(5, 0, 0, 2));
    assertThat(store.apply(change("k"), NOON).get(0).tally()).isEqualTo(Tally.NONE);
  }

  @Test
  void anOlderEventThanAllHeldIsDroppedItself() {
    assertThat(store.apply(change("k", events(3)), NOON).get(0).tally().dropped()).isZero();
    KeyState state = store.apply(change("k", value("old", NOON - 50 * MINUTE, 0)), NOON).get(0);
    assertThat(numbers(state)).startsWith(3, 0);
    assertThat(state.tally().dropped()).isEqualTo(1);
  }

  @Test
  void eventsThatLeftTheWindowAreNotDropped() {
    store.apply(change("k", events(3)), NOON);
    KeyState later =
        store.apply(change("k", value("later", NOON + HOUR, 7_000_000)), NOON + HOUR).get(0);
    assertThat(later.tally().dropped()).isZero();
    assertThat(numbers(later)).startsWith(1, 7);
  }

  @Test
  void whatIsDroppedDoesNotDependOnTheOrderOfArrival() {
    for (int seed = 1; seed <= 30; seed++) {
      List<Event> events = new ArrayList<>(List.of(events(9)));
      Collections.shuffle(events, new Random(seed));
      KeyState state = null;
      InMemoryStateStore other = new InMemoryStateStore(THREE);
      for (Event each : events) {
        state = other.apply(change("k", each), NOON).get(0);
      }
      assertThat(numbers(state)).as("seed %d", seed).containsExactly(3, 6, 6.5);
    }
  }

  @Test
  void itemsGoToo() {
    FeatureGroup group =
        FeatureGroup.named("items")
            .dimension(PLACE)
            .holdingAtMost(160)
            .over(lookBack(Duration.ofHours(3)), open("open").since(CREATED).until(DELIVERED))
            .build();
    InMemoryStateStore items = new InMemoryStateStore(group);
    Event[] created =
        IntStream.range(0, 161).mapToObj(i -> stage("i" + i, 0, NOON + i)).toArray(Event[]::new);
    KeyState state = items.apply(change("k", Arrays.copyOf(created, 160)), NOON + HOUR).get(0);
    assertThat(numbers(state)).containsExactly(160);
    assertThat(state.tally().dropped()).isZero();
    KeyState more = items.apply(change("k", created[160]), NOON + HOUR).get(0);
    assertThat(numbers(more)).as("a sixteenth of them goes at once").containsExactly(150);
    assertThat(more.tally().dropped()).isEqualTo(11);
  }

  @Test
  void theNumberIsAtLeastOneAndDeclaredOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureGroup.named("g").holdingAtMost(0))
        .withMessage("feature group g: holdingAtMost() must be at least 1: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureGroup.named("g").holdingAtMost(5).holdingAtMost(6))
        .withMessage("feature group g: holdingAtMost() is called twice: keep one");
  }

  /** One a minute, the last now; the value of each is its number. */
  private static Event[] events(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> value("e" + i, NOON - (count - 1 - i) * MINUTE, i * 1_000_000L))
        .toArray(Event[]::new);
  }
}
