package dev.freshet.history;

import static dev.freshet.fold.Coverage.ALWAYS;
import static dev.freshet.history.PlainHistory.OLDEST_FIRST;
import static dev.freshet.testing.TestEvents.DAY;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Event;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.KindState.Outcome;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.history.PlainHistory.Known;
import dev.freshet.state.EntityState;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random histories whose part up to the seam comes from a backfill, while live events go on:
 * features are those of all events, exactly.
 */
class HistorySeamTest {

  private static final long SEAM = NOON;
  private static final int HISTORIES = 500;

  @Test
  void theHistoryUpToTheSeamIsReplacedExactly() {
    for (int seed = 1; seed <= HISTORIES; seed++) {
      new Run(seed).go();
    }
  }

  private static final class Run {
    private final PlainHistory plain;
    private final Random random;
    private final int seed;
    private final Coverage coverage;
    private final List<Known> all = new ArrayList<>();
    private long now = SEAM + 1;
    private EntityState live;

    Run(int seed) {
      this.seed = seed;
      plain = new PlainHistory(seed);
      random = plain.random();
      coverage =
          new Coverage(ALWAYS, ALWAYS, plain.group().kinds().get(0).completeFromMillis(SEAM), SEAM);
      live = EntityState.empty(plain.group(), coverage, now);
    }

    void go() {
      List<Known> before = new ArrayList<>();
      for (int i = random.nextInt(60); i > 0; i--) {
        before.add(known("old" + i, SEAM - random.nextLong(4 * DAY)));
      }
      all.addAll(before);
      before.stream().filter(each -> random.nextInt(5) == 0).forEach(each -> fold(live, each));
      for (int i = random.nextInt(20); i > 0; i--) {
        goOn("early" + i);
      }
      byte[] part = backfilled(before);
      String as = "seed " + seed;
      long complete = coverage.historyFromMillis();
      assertThat(step().completeFromMillis()).as(as).isEqualTo(complete > now ? complete : ALWAYS);
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        live.replaceUpTo(SEAM, new SnapshotReader(part));
        check(as);
        for (int i = random.nextInt(10); i > 0; i--) {
          goOn("late" + times + " " + i);
        }
        check(as + ", going on");
      }
      fold(live, before.isEmpty() ? known("none", SEAM + 1) : before.get(0));
      before.stream().limit(1).forEach(each -> check(as + ", twice"));
      assertThat(step().completeFromMillis()).as(as).isEqualTo(ALWAYS);
      live = throughSnapshot(Coverage.COMPLETE);
      live = throughSnapshot(Coverage.COMPLETE); // its tiles may reach across the seam now
      live.replaceUpTo(SEAM, new SnapshotReader(part));
      check(as + ", after the backfill of the group");
    }

    private void goOn(String id) {
      Known known = known(id, now - random.nextLong(Math.min(now - SEAM, MINUTE)));
      all.add(known);
      assertThat(fold(live, known)).as("seed %d, %s", seed, known).isEqualTo(Outcome.APPLIED);
      now += random.nextLong(4 * HOUR);
      live.advanceTo(now);
      if (random.nextInt(4) == 0) {
        live = throughSnapshot(coverage);
      }
    }

    private byte[] backfilled(List<Known> before) {
      EntityState state = EntityState.empty(plain.group(), coverage, SEAM - 10 * DAY);
      before.stream()
          .sorted(OLDEST_FIRST)
          .forEach(
              each -> {
                state.advanceTo(each.time());
                fold(state, each);
              });
      state.advanceTo(SEAM - random.nextLong(DAY));
      SnapshotWriter out = new SnapshotWriter(0);
      state.writeUpTo(SEAM, out);
      return out.toBytes();
    }

    private Known known(String id, long time) {
      return new Known(
          id,
          time,
          random.nextInt(2),
          random.nextInt(3) == 0 ? null : random.nextLong(1_000) * 1_000_000,
          random.nextBoolean() ? "a" : "b");
    }

    private Outcome fold(EntityState state, Known known) {
      Event event = plain.event(known);
      return state.fold(event, plain.group().takes(event) ? 1 : 0);
    }

    private KeyState step() {
      return live.toKeyState(1, Tally.NONE, KeyState.Place.NONE);
    }

    private void check(String as) {
      FeatureValues found = step().features();
      List<Object> values = plain.values(now, all.stream().sorted(OLDEST_FIRST).toList());
      for (int i = 0; i < values.size(); i++) {
        Object value = Double.isNaN(found.number(i)) ? found.text(i) : (Object) found.number(i);
        assertThat(value)
            .as("%s, feature %s", as, plain.group().features().get(i))
            .isEqualTo(values.get(i));
      }
    }

    private EntityState throughSnapshot(Coverage its) {
      SnapshotWriter out = new SnapshotWriter(0);
      live.write(out);
      return EntityState.read(plain.group(), its, new SnapshotReader(out.toBytes()), now);
    }
  }
}
