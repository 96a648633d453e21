package dev.freshet.state;

import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.definition.Window.seconds;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.SECOND;
import static dev.freshet.testing.TestGroups.CREATED;
import static dev.freshet.testing.TestGroups.DELIVERED;
import static dev.freshet.testing.TestGroups.PICKED;
import static dev.freshet.testing.TestGroups.PLACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Status;
import dev.freshet.event.Event;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.input.Input;
import dev.freshet.state.KeyState.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Compares the number, the sum and the oldest of open items with a search of all events. */
class RandomOpenItemsTest {

  private static final long LOOK_BACK = 30 * SECOND;
  private static final long WINDOW = 20 * SECOND;
  private static final Status OPEN = open("open").since(CREATED).until(PICKED, DELIVERED);

  private static final FeatureGroup GROUP =
      FeatureGroup.named("open_items")
          .dimension(PLACE)
          .over(seconds(20), entered(CREATED))
          .over(
              lookBack(Duration.ofMillis(LOOK_BACK)),
              OPEN,
              OPEN.oldest("oldest"),
              OPEN.sum("worth", Input.decimal("price").scale(2)))
          .build();

  private record Known(String item, int stage, long time, Long cents) {}

  /** The times of an item's stages, and its price in cents. */
  private record Item(long created, long ended, long cents) {
    boolean isOpen(long at) {
      return at - LOOK_BACK < created && created <= at && ended > at;
    }
  }

  private final List<Known> events = new ArrayList<>();

  @Test
  void randomEventsEqualASearch() {
    for (int seed = 1; seed <= 150; seed++) {
      events.clear();
      Random random = new Random(seed);
      EntityState state = EntityState.empty(GROUP, NOON);
      long now = NOON;
      for (int step = 0; step < 40; step++) {
        for (int i = random.nextInt(4); i > 0; i--) {
          fold(state, any(now, random), now);
        }
        String as = "seed %d, step %d".formatted(seed, step);
        check(state, now, as);
        if (random.nextInt(8) == 0) {
          state = throughSnapshot(state, now);
          check(state, now, as + ", from a snapshot");
        }
        now += SECOND / 2 * random.nextInt(12);
        state.advanceTo(now);
        check(state, now, as + ", later");
      }
    }
  }

  /** The events of an item lie within a minute; the skew is an hour. */
  private Known any(long now, Random random) {
    if (!events.isEmpty() && random.nextInt(5) == 0) {
      return events.get(random.nextInt(events.size()));
    }
    String item = "i" + random.nextInt(8) + "/" + now / (60 * SECOND);
    long time = now + SECOND / 2 * (random.nextInt(50) - 40);
    Long cents = random.nextInt(3) == 0 ? null : random.nextInt(5) - 2L;
    return new Known(item, random.nextInt(3), time, cents);
  }

  private void fold(EntityState state, Known known, long now) {
    events.add(known);
    long cents = known.cents() == null ? Occurrence.NO_VALUE : known.cents();
    Event event =
        new Event(
            known.toString(),
            known.stage(),
            known.time(),
            "key",
            new long[] {cents},
            new String[] {known.item()},
            0);
    state.fold(event, GROUP.kindsFor(event, now, Duration.ofDays(90)));
  }

  private void check(EntityState state, long now, String as) {
    KeyState found = state.toKeyState(1, Tally.NONE, KeyState.Place.NONE);
    FeatureValues expected = naive(now);
    assertThat(found.features()).as(as).isEqualTo(expected);
    assertThat(found.validUntilMillis()).as(as).isEqualTo(firstChange(now, expected));
  }

  private FeatureValues naive(long at) {
    double entered = 0;
    double open = 0;
    double oldest = Double.NaN;
    long cents = 0;
    for (Item item : items(at)) {
      entered += at - WINDOW < item.created() && item.created() <= at ? 1 : 0;
      if (item.isOpen(at)) {
        open++;
        oldest = Double.isNaN(oldest) ? item.created() : Math.min(oldest, item.created());
        cents += item.cents();
      }
    }
    return FeatureValues.of(entered, open, oldest, cents / 100.0);
  }

  /** The price of an item counts from the time of its event on. */
  private List<Item> items(long at) {
    Map<String, List<Known>> byItem = new TreeMap<>();
    events.forEach(
        each -> byItem.computeIfAbsent(each.item(), item -> new ArrayList<>()).add(each));
    return byItem.values().stream().map(each -> item(each, at)).toList();
  }

  private static Item item(List<Known> events, long at) {
    long cents =
        events.stream()
            .filter(each -> each.stage() == 0 && each.cents() != null)
            .filter(each -> each.time() <= at)
            .min(Comparator.comparingLong(Known::time).thenComparing(Known::cents))
            .map(Known::cents)
            .orElse(0L);
    return new Item(earliest(events, 0), Math.min(earliest(events, 1), earliest(events, 2)), cents);
  }

  private static long earliest(List<Known> events, int stage) {
    return events.stream()
        .filter(each -> each.stage() == stage)
        .mapToLong(Known::time)
        .min()
        .orElse(KeyState.FOREVER);
  }

  private long firstChange(long now, FeatureValues before) {
    TreeSet<Long> instants = new TreeSet<>();
    for (Known each : events) {
      for (long edge : new long[] {0, WINDOW, LOOK_BACK}) {
        instants.add(each.time() + edge);
      }
    }
    return instants.tailSet(now, false).stream()
        .filter(instant -> !naive(instant).equals(before))
        .findFirst()
        .orElse(KeyState.FOREVER);
  }

  private static EntityState throughSnapshot(EntityState state, long now) {
    SnapshotWriter out = new SnapshotWriter(0);
    state.write(out);
    return EntityState.read(GROUP, Coverage.COMPLETE, new SnapshotReader(out.toBytes()), now);
  }
}
