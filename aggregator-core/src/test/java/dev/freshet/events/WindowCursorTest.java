package dev.freshet.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.fold.StateKind;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Compares a window that moves over ordered events, in both directions, with a search of all
 * events.
 */
class WindowCursorTest {

  private static final Input NUMBER = Input.decimal("x").scale(0);
  private static final Columns COLUMNS =
      new Columns(List.of(NUMBER), List.of(), List.of(Filter.is("kind", "a")));
  private static final long LENGTH = 20;
  private static final Selection FILTERED = Selection.of(0, LENGTH, 5, 0, NUMBER, COLUMNS);

  private record Known(long time, String id, int slot, boolean passes, long number) {}

  private final HeldEvents held = new HeldEvents(1, 0);
  private final TimeOrder order = new TimeOrder(held);
  private final WindowCursor cursor = new WindowCursor(LENGTH, 5, order, 0);
  private final WindowSeries series = cursor.add(FILTERED, held);
  private final List<Known> model = new ArrayList<>();

  @Test
  void aWindowSeesWhatASearchFinds() {
    for (int seed = 1; seed <= 30; seed++) {
      new WindowCursorTest().run(seed);
    }
  }

  private void run(int seed) {
    Random random = new Random(seed);
    long now = 0;
    for (int step = 0; step < 500; step++) {
      if (random.nextInt(3) > 0) {
        insert("e" + step, now + random.nextInt(60) - 40, random);
      } else if (!model.isEmpty() && random.nextInt(3) == 0) {
        remove(model.remove(random.nextInt(model.size())));
      }
      now += random.nextInt(6) - 2; // also back
      cursor.moveTo(now);
      assertSame(now, "seed %d, step %d, now %d".formatted(seed, step, now));
    }
  }

  private void insert(String id, long time, Random random) {
    boolean passes = random.nextInt(3) > 0;
    long number = random.nextInt(9);
    int slot =
        held.add(id.getBytes(UTF_8), time, 0, passes ? 1 : 0, new long[] {number}, new String[0]);
    held.hold(slot);
    order.insert(slot);
    cursor.inserted(slot, time);
    model.add(new Known(time, id, slot, passes, number));
    model.sort(
        Comparator.comparingLong(Known::time)
            .thenComparing(each -> each.id().getBytes(UTF_8), java.util.Arrays::compareUnsigned));
  }

  private void remove(Known known) {
    order.remove(known.slot());
    cursor.removed(known.slot(), known.time());
    assertThat(order.contains(known.slot())).isFalse();
    held.release(known.slot());
  }

  private void assertSame(long now, String as) {
    List<Known> seen =
        model.stream()
            .filter(each -> isIn(each.time(), now) && each.passes())
            .collect(Collectors.toList());
    assertThat(order.toArray())
        .as(as)
        .containsExactly(model.stream().mapToInt(Known::slot).toArray());
    assertThat(series.size()).as(as).isEqualTo(seen.size());
    if (!seen.isEmpty()) {
      assertThat(series.slot(0)).as(as).isEqualTo(seen.get(0).slot());
      assertThat(series.slot(seen.size() - 1)).as(as).isEqualTo(seen.get(seen.size() - 1).slot());
      assertThat(series.sum()).as(as).isEqualTo(seen.stream().mapToLong(Known::number).sum());
      assertThat(series.distinct())
          .as(as)
          .isEqualTo((int) seen.stream().mapToLong(Known::number).distinct().count());
      assertThat(series.extreme(true))
          .as(as)
          .isEqualTo(seen.stream().mapToLong(Known::number).max().orElseThrow());
    }
    for (int i = 0; i < seen.size(); i++) {
      assertThat(series.slot(i)).as(as).isEqualTo(seen.get(i).slot());
    }
    assertThat(cursor.nextMillis()).as(as).isEqualTo(next(now));
  }

  private static boolean isIn(long time, long now) {
    return now - 5 - LENGTH < time && time <= now - 5;
  }

  private long next(long now) {
    for (long instant = now + 1; instant <= now + 200; instant++) {
      long then = instant;
      if (model.stream().anyMatch(each -> isIn(each.time(), then) != isIn(each.time(), then - 1))) {
        return instant;
      }
    }
    return StateKind.FOREVER;
  }
}
