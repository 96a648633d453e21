package dev.freshet.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.fold.Occurrence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares random operations on items with a map. */
class ItemsTest {

  private static final int STAGES = 3;
  private static final int VALUES = 2;

  private record Item(long[] stages, long newest, long value, long valueMillis) {}

  @Test
  void randomOperationsEqualAMap() {
    for (int seed = 1; seed <= 60; seed++) {
      Random random = new Random(seed);
      Items items = new Items(STAGES, VALUES, random.nextInt(30));
      Map<String, Item> model = new LinkedHashMap<>();
      for (int step = 0; step < 400; step++) {
        operate(items, model, step, random);
        if (step % 20 == 0) {
          assertSame(items, model, "seed " + seed + ", step " + step);
        }
      }
    }
  }

  private static void operate(Items items, Map<String, Item> model, int step, Random random) {
    if (random.nextInt(60) == 0) {
      long until = (long) step - random.nextInt(300);
      items.dropUntil(until);
      model.values().removeIf(each -> each.newest() <= until);
      return;
    }
    String id = "x".repeat(random.nextInt(5) == 0 ? random.nextInt(200) : 0) + random.nextInt(300);
    int item = items.find(id.getBytes(UTF_8));
    assertThat(item >= 0).as(id).isEqualTo(model.containsKey(id));
    if (item < 0) {
      item = items.add(id.getBytes(UTF_8));
      for (int stage = 0; stage < STAGES; stage++) {
        assertThat(items.stageMillis(item, stage)).isEqualTo(Items.NEVER);
      }
      assertThat(items.newestMillis(item)).isEqualTo(Long.MIN_VALUE);
      assertThat(items.value(item, 1)).isEqualTo(Occurrence.NO_VALUE);
      assertThat(items.valueMillis(item, 1)).isEqualTo(Items.NEVER);
    }
    long[] stages = {random.nextLong(), Items.NEVER, random.nextInt()};
    for (int stage = 0; stage < STAGES; stage++) {
      items.setStage(item, stage, stages[stage]);
    }
    long newest = (long) step - random.nextInt(100);
    items.setNewest(item, newest);
    int value = random.nextInt(1_000);
    items.setValue(item, 1, stages[0] / 2, value);
    model.put(id, new Item(stages, newest, stages[0] / 2, value));
  }

  private static void assertSame(Items items, Map<String, Item> model, String as) {
    assertThat(items.size()).as(as).isEqualTo(model.size());
    model.forEach(
        (id, expected) -> {
          int item = items.find(id.getBytes(UTF_8));
          assertThat(item).as("%s, item %s", as, id).isNotNegative();
          assertThat(items.id(item)).asString(UTF_8).isEqualTo(id);
          for (int stage = 0; stage < STAGES; stage++) {
            assertThat(items.stageMillis(item, stage)).as(as).isEqualTo(expected.stages()[stage]);
          }
          assertThat(items.newestMillis(item)).as(as).isEqualTo(expected.newest());
          assertThat(items.value(item, 0)).as(as).isEqualTo(Occurrence.NO_VALUE);
          assertThat(items.value(item, 1)).as(as).isEqualTo(expected.value());
          assertThat(items.valueMillis(item, 1)).as(as).isEqualTo(expected.valueMillis());
        });
    assertThat(items.find("never added".getBytes(UTF_8))).isEqualTo(-1);
  }

  /** Their hash codes are equal. */
  @Test
  void idsThatCollideAreKeptApart() {
    String[] ids = {"AaAa", "BBBB", "AaBB", "BBAa"};
    Items items = new Items(STAGES, VALUES, 0);
    for (String id : ids) {
      assertThat(items.find(id.getBytes(UTF_8))).as(id).isEqualTo(-1);
      items.setValue(items.add(id.getBytes(UTF_8)), 0, id.charAt(0) * 1_000 + id.charAt(3), 7);
    }
    for (String id : ids) {
      int item = items.find(id.getBytes(UTF_8));
      assertThat(items.id(item)).asString(UTF_8).isEqualTo(id);
      assertThat(items.value(item, 0)).isEqualTo(id.charAt(0) * 1_000 + id.charAt(3));
    }
  }

  /** Removed items free their memory. */
  @Test
  void memoryFollowsTheItemsHeld() {
    Items items = new Items(STAGES, VALUES, 0);
    long empty = items.sizeBytes();
    for (int i = 0; i < 10_000; i++) {
      items.setNewest(items.add(("item-" + i).getBytes(UTF_8)), i);
    }
    assertThat(items.sizeBytes()).isBetween(10_000L * 50, 10_000L * 200);
    items.dropUntil(9_990);
    assertThat(items.size()).isEqualTo(9);
    assertThat(items.sizeBytes()).isLessThan(empty * 6);
  }
}
