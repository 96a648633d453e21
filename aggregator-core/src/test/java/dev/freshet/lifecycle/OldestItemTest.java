package dev.freshet.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the oldest open item with a search of all items. */
class OldestItemTest {

  private static final int CREATED = 0;
  private static final int ENDED = 1;
  private static final long LOOK_BACK = 50;
  private static final Interval OPEN =
      new Interval(
          CREATED,
          0,
          List.of(new Interval.End(CREATED, LOOK_BACK), new Interval.End(ENDED, 0)),
          Interval.Weight.ONE,
          -1);

  private record Item(long created, long ended) {
    boolean isOpen(long at) {
      return at - LOOK_BACK < created && created <= at && ended > at;
    }
  }

  @Test
  void randomItemsEqualASearch() {
    for (int seed = 1; seed <= 100; seed++) {
      Random random = new Random(seed);
      Items items = new Items(2, 0, 0);
      OldestItem oldest = new OldestItem(0, OPEN, items);
      List<Item> model = new ArrayList<>();
      long now = 0;
      for (int step = 0; step < 150; step++) {
        change(items, oldest, model, now, random);
        now += random.nextInt(3) == 0 ? random.nextInt(15) : 0;
        String as = "seed %d, step %d, now %d".formatted(seed, step, now);
        assertThat((Double) oldest.sinceAt(now)).as(as).isEqualTo((Double) since(model, now));
        assertThat(oldest.nextChangeMillis(now)).as(as).isEqualTo(next(model, now));
        if (random.nextInt(10) == 0) {
          oldest.rebuild();
        }
      }
    }
  }

  /** Adds an item, or lets one begin earlier or end. */
  private static void change(
      Items items, OldestItem oldest, List<Item> model, long now, Random random) {
    int item = random.nextInt(model.size() + 1);
    if (item == model.size()) {
      int added = items.add(("i" + item).getBytes(UTF_8));
      assertThat(added).isEqualTo(item);
      model.add(new Item(Items.NEVER, Items.NEVER));
    }
    Item before = model.get(item);
    long time = now + random.nextInt(40) - 30;
    Item after =
        random.nextBoolean()
            ? new Item(Math.min(before.created(), time), before.ended())
            : new Item(before.created(), Math.min(before.ended(), time));
    model.set(item, after);
    items.setStage(item, CREATED, after.created());
    items.setStage(item, ENDED, after.ended());
    oldest.add(item);
  }

  private static double since(List<Item> model, long at) {
    return model.stream()
        .filter(each -> each.isOpen(at))
        .mapToDouble(Item::created)
        .min()
        .orElse(Double.NaN);
  }

  private static long next(List<Item> model, long now) {
    for (long instant = now + 1; instant <= now + 200; instant++) {
      if (Double.compare(since(model, instant), since(model, now)) != 0) {
        return instant;
      }
    }
    return Items.NEVER;
  }
}
