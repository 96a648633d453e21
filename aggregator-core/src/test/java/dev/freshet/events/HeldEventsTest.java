package dev.freshet.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares random operations on held events with a map. */
class HeldEventsTest {

  private static final int WIDTH = 2;
  private static final int TEXTS = 1;

  private record Held(long time, int type, long filters, long[] numbers, String text, int holders) {
    Held holders(int more) {
      return new Held(time, type, filters, numbers, text, holders + more);
    }
  }

  @Test
  void randomOperationsEqualAMap() {
    for (int seed = 1; seed <= 60; seed++) {
      Random random = new Random(seed);
      HeldEvents held = new HeldEvents(WIDTH, TEXTS);
      Map<String, Held> model = new LinkedHashMap<>();
      int ids = 5 + random.nextInt(200);
      for (int step = 0; step < 600; step++) {
        operate(held, model, "e" + random.nextInt(ids), random);
        if (step % 30 == 0) {
          assertSame(held, model, "seed %d, step %d".formatted(seed, step));
        }
      }
    }
  }

  private static void operate(HeldEvents held, Map<String, Held> model, String id, Random random) {
    int slot = held.find(bytes(id));
    Held known = model.get(id);
    assertThat(slot >= 0).as(id).isEqualTo(known != null);
    if (known == null) {
      long[] numbers = {random.nextLong(), random.nextInt(3)};
      String text = random.nextBoolean() ? null : "t" + random.nextInt(5);
      Held added =
          new Held(random.nextInt(50), random.nextInt(3), random.nextLong(), numbers, text, 1);
      slot =
          held.add(
              bytes(id), added.time(), added.type(), added.filters(), numbers, new String[] {text});
      held.hold(slot);
      model.put(id, added);
    } else if (random.nextInt(3) == 0) {
      held.hold(slot);
      model.put(id, known.holders(1));
    } else {
      held.release(slot);
      if (known.holders() == 1) {
        model.remove(id);
      } else {
        model.put(id, known.holders(-1));
      }
    }
  }

  private static void assertSame(HeldEvents held, Map<String, Held> model, String as) {
    assertThat(held.size()).as(as).isEqualTo(model.size());
    model.forEach(
        (id, expected) -> {
          int slot = held.find(bytes(id));
          assertThat(slot).as("%s, %s", as, id).isNotNegative();
          assertThat(held.id(slot)).asString(UTF_8).isEqualTo(id);
          assertThat(held.time(slot)).as(as).isEqualTo(expected.time());
          assertThat(held.type(slot)).as(as).isEqualTo(expected.type());
          assertThat(held.filters(slot)).as(as).isEqualTo(expected.filters());
          assertThat(held.text(slot, 0)).as(as).isEqualTo(expected.text());
          for (int place = 0; place < WIDTH; place++) {
            assertThat(held.numbers()[slot * WIDTH + place]).isEqualTo(expected.numbers()[place]);
          }
        });
    assertThat(held.find(bytes("never added"))).isEqualTo(-1);
  }

  @Test
  void anEventThatNoWindowHoldsIsDropped() {
    HeldEvents held = new HeldEvents(0, 0);
    int slot = held.add(bytes("a"), 5, 0, 0, new long[0], new String[0]);
    assertThat(held.keepIfHeld(slot)).isFalse();
    assertThat(held.find(bytes("a"))).isEqualTo(-1);
    int again = held.add(bytes("b"), 6, 0, 0, new long[0], new String[0]);
    held.hold(again);
    assertThat(held.keepIfHeld(again)).isTrue();
    assertThat(held.size()).isEqualTo(1);
  }

  /** As Java strings, the supplementary 😀 comes before the private-use character. */
  @Test
  void theOrderIsThatOfTimeThenOfTheBytesOfTheId() {
    HeldEvents held = new HeldEvents(0, 0);
    int[] ordered = new int[4];
    ordered[3] = held.add(bytes("a"), 9, 0, 0, new long[0], new String[0]);
    ordered[2] = held.add(bytes("😀"), 5, 0, 0, new long[0], new String[0]);
    ordered[1] = held.add(bytes("\uE000"), 5, 0, 0, new long[0], new String[0]);
    ordered[0] = held.add(bytes("Z"), 5, 0, 0, new long[0], new String[0]);
    for (int i = 1; i < ordered.length; i++) {
      assertThat(held.compare(ordered[i - 1], ordered[i])).isNegative();
      assertThat(held.compare(ordered[i], ordered[i - 1])).isPositive();
    }
  }

  @Test
  void memoryCountsTexts() {
    HeldEvents held = new HeldEvents(0, 1);
    long before = held.sizeBytes();
    int slot = held.add(bytes("a"), 0, 0, 0, new long[0], new String[] {"x".repeat(10_000)});
    held.hold(slot);
    assertThat(held.sizeBytes()).isGreaterThan(before + 10_000);
    held.release(slot);
    assertThat(held.sizeBytes()).isLessThan(before + 1_000);
  }

  private static byte[] bytes(String id) {
    return id.getBytes(UTF_8);
  }
}
