package dev.freshet.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.fold.StateKind;
import dev.freshet.input.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the last events of an entity, of any age or within a time, with a search of all. */
class LastSeriesTest {

  private record Known(long time, String id) {}

  private static final Comparator<Known> OLDEST_FIRST =
      Comparator.comparingLong(Known::time)
          .thenComparing(each -> each.id().getBytes(UTF_8), Arrays::compareUnsigned);

  @Test
  void theLastOfAnyAge() {
    for (int seed = 1; seed <= 60; seed++) {
      check(seed, 1 + seed % 7, StateKind.FOREVER);
    }
  }

  @Test
  void theLastWithinATime() {
    for (int seed = 101; seed <= 160; seed++) {
      check(seed, 1 + seed % 7, 10 + seed % 30);
    }
  }

  private static void check(int seed, int size, long length) {
    Random random = new Random(seed);
    HeldEvents held = new HeldEvents(0, 0);
    Selection selection = Selection.of(size, length, 0, -1, null, Columns.NONE);
    long now = 0;
    LastSeries series = new LastSeries(selection, held, now);
    List<Known> model = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      if (random.nextInt(4) == 0) {
        now += random.nextInt(12);
        series.advanceTo(now);
      }
      Known event = new Known(now + random.nextInt(40) - 25, "e" + step);
      model.add(event);
      insert(series, held, event);
      String as = "seed %d, step %d, last %d within %d".formatted(seed, step, size, length);
      assertThat(ids(series, held)).as(as).isEqualTo(expected(model, size, length, now));
      assertThat(series.nextMillis()).as(as).isEqualTo(next(model, size, length, now));
      long then = now + random.nextInt(50);
      series.lookAt(then);
      if (length != StateKind.FOREVER) {
        assertThat(ids(series, held)).as(as).isEqualTo(expected(model, size, length, then));
      }
      series.lookAt(now);
    }
  }

  private static void insert(LastSeries series, HeldEvents held, Known event) {
    int slot = held.add(event.id().getBytes(UTF_8), event.time(), 0, 0, new long[0], new String[0]);
    series.insert(slot);
    boolean unused = held.keepIfHeld(slot);
  }

  private static List<String> ids(LastSeries series, HeldEvents held) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      ids.add(new String(held.id(series.slot(i)), UTF_8));
    }
    return ids;
  }

  private static List<String> expected(List<Known> model, int size, long length, long now) {
    boolean hasAge = length != StateKind.FOREVER;
    List<String> seen =
        model.stream()
            .filter(each -> !hasAge || (now - length < each.time() && each.time() <= now))
            .sorted(OLDEST_FIRST)
            .map(Known::id)
            .toList();
    return seen.subList(Math.max(0, seen.size() - size), seen.size());
  }

  private static long next(List<Known> model, int size, long length, long now) {
    List<String> before = expected(model, size, length, now);
    for (long instant = now + 1; instant <= now + 200 && length != StateKind.FOREVER; instant++) {
      if (!expected(model, size, length, instant).equals(before)) {
        return instant;
      }
    }
    return StateKind.FOREVER;
  }
}
