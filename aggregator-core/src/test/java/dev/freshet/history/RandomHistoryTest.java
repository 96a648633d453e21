package dev.freshet.history;

import static dev.freshet.history.PlainHistory.OLDEST_FIRST;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Event;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.history.PlainHistory.Known;
import dev.freshet.state.EntityState;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random declarations of history over random events: features are what their definitions say, to
 * the last bit, whenever events are merged and states are written and read.
 */
class RandomHistoryTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final int HISTORIES = Integer.getInteger("histories", 1_000);
  private static final int STEPS = 40;

  @Test
  void featuresAreThoseOfTheDefinition() {
    for (int seed = 1; seed <= HISTORIES; seed++) {
      new Run(seed, 0).go();
    }
  }

  /** Only what arrives late is then late earlier; here nothing does. */
  @Test
  void eventsThatAreTooManyAreMergedEarlyAndNotLost() {
    for (int seed = 1; seed <= HISTORIES; seed++) {
      Run run = new Run(seed, 3);
      if (!run.isDelayed()) {
        run.go();
      }
    }
  }

  private static final class Run {
    private final PlainHistory plain;
    private final Random random;
    private final List<Known> used = new ArrayList<>();
    private final int seed;
    private final boolean isInOrder;
    private EntityState state;
    private long now = NOON;
    private long latest;

    Run(int seed, int mostEvents) {
      this.seed = seed;
      plain = new PlainHistory(seed, mostEvents);
      random = plain.random();
      isInOrder = mostEvents > 0;
      latest = now - plain.group().lateness().toMillis();
      state = EntityState.empty(plain.group(), now);
    }

    /** Events that a window may not see yet are not merged; beyond the bound they are dropped. */
    boolean isDelayed() {
      return ((HistoryKind) plain.group().kinds().get(0)).delayMillis() > 0;
    }

    void go() {
      for (int step = 0; step < STEPS; step++) {
        for (int i = random.nextInt(5); i > 0; i--) {
          fold(known("e" + (step * 5 + i)));
        }
        if (!used.isEmpty() && random.nextInt(3) == 0 && !isInOrder) {
          fold(used.get(random.nextInt(used.size())));
        }
        String as = "seed %d, step %d".formatted(seed, step);
        check(as);
        if (random.nextInt(5) == 0) {
          state = throughSnapshot();
          check(as + ", from a snapshot");
        }
        now += random.nextLong(5) * random.nextLong(600 * MINUTE) / (1 + random.nextInt(50));
        if (random.nextBoolean()) {
          state.advanceTo(now);
          check(as + ", later");
        }
      }
    }

    /** Returns an event that may be late, of any time within lateness, or ahead. */
    private Known known(String id) {
      long lateness = plain.group().lateness().toMillis();
      long time =
          isInOrder
              ? Math.max(latest, now - lateness) + 1
              : now
                  - random.nextLong(lateness * 5 / 4)
                  + (random.nextInt(5) == 0 ? 30 * MINUTE : 0);
      time = random.nextInt(4) == 0 && !isInOrder ? Math.floorDiv(time, MINUTE) * MINUTE : time;
      latest = Math.max(latest, time);
      Long x =
          random.nextInt(4) == 0
              ? null
              : random.nextInt(7) == 0 ? 0L : (random.nextLong(2_000_001) - 1_000_000) * 1_234_567;
      String kind = random.nextInt(4) == 0 ? null : List.of("a", "b", "c").get(random.nextInt(3));
      return new Known(id, time, random.nextInt(2), x, kind);
    }

    private void fold(Known known) {
      Event event = plain.event(known);
      state.advanceTo(now);
      long kinds = plain.group().kindsFor(event, now, TTL);
      state.fold(event, kinds);
      if (kinds != 0 && !used.contains(known)) {
        used.add(known);
      }
    }

    private void check(String as) {
      state.advanceTo(now);
      KeyState found = state.toKeyState(1, Tally.NONE, KeyState.Place.NONE);
      List<Known> sorted = used.stream().sorted(OLDEST_FIRST).toList();
      assertThat(found.tally().dropped()).as(as).isZero();
      assertThat(plain(found.features())).as(as).isEqualTo(plain.values(now, sorted));
      long next = found.validUntilMillis();
      if (next != KeyState.FOREVER) {
        assertThat(next).as(as).isGreaterThan(now);
        assertThat(plain.seen(next - 1, sorted)).as(as).isEqualTo(plain.seen(now, sorted));
        assertThat(plain.seen(next, sorted)).as(as).isNotEqualTo(plain.seen(now, sorted));
      }
    }

    private static List<Object> plain(FeatureValues values) {
      List<Object> plain = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        double number = values.number(i);
        plain.add(Double.isNaN(number) ? values.text(i) : (Object) number);
      }
      return plain;
    }

    private EntityState throughSnapshot() {
      SnapshotWriter out = new SnapshotWriter(0);
      state.write(out);
      long later = now + (random.nextBoolean() ? 0 : random.nextLong(60 * MINUTE));
      now = later;
      return EntityState.read(
          plain.group(), Coverage.COMPLETE, new SnapshotReader(out.toBytes()), later);
    }
  }
}
