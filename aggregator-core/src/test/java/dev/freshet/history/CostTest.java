package dev.freshet.history;

import static dev.freshet.definition.Aggregates.*;
import static dev.freshet.definition.Window.*;
import static dev.freshet.testing.TestEvents.*;

import dev.freshet.definition.*;
import dev.freshet.event.Event;
import dev.freshet.input.Input;
import dev.freshet.state.*;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.testing.TestGroups;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CostTest {
  static final Input X = Input.amount("x");
  static final Input KIND = Input.text("kind");
  static final Duration HOP = Duration.ofDays(1);

  static FeatureGroupBuilder base() { return FeatureGroup.named("cost").dimension(TestGroups.AREA).reads(TestGroups.ITEM_CREATED); }

  @Test
  void cost() {
    FeatureGroup plain = base().lateness(Duration.ofHours(1))
        .over(days(90).every(HOP), count("seen"), sum().of(X), mean().of(X), stddev().of(X), min().of(X), max().of(X), first().of(X), latest().of(X))
        .over(days(30).every(HOP), count("seen"), sum().of(X))
        .over(lifetime(), count("seen"), latestAt("last")).build();
    FeatureGroup sketches = base().lateness(Duration.ofHours(1))
        .over(days(90).every(HOP), count("seen"), sum().of(X), mean().of(X), stddev().of(X), min().of(X), max().of(X), percentile(90).of(X), distinct().of(KIND))
        .over(days(30).every(HOP), count("seen"), sum().of(X))
        .over(lifetime(), count("seen"), latestAt("last")).build();
    FeatureGroup exact = base()
        .over(hours(1), count("seen"), sum().of(X), mean().of(X), stddev().of(X), min().of(X), max().of(X), first().of(X), latest().of(X))
        .over(minutes(30), count("seen"), sum().of(X), latestAt("last"), mean().of(X)).build();
    for (int round = 0; round < 3; round++) {
      for (int perDay : new int[] {24, 1000}) {
        run("history " + perDay, plain, perDay);
        run("sketches " + perDay, sketches, perDay);
      }
      run("exact 1000", exact, 1000);
    }
  }

  static void run(String name, FeatureGroup group, int perDay) {
    int entities = 20;
    int n = Math.max(95 * perDay, 40000);
    EntityState[] states = new EntityState[entities];
    for (int i = 0; i < entities; i++) states[i] = EntityState.empty(group, NOON);
    Random random = new Random(1);
    Event[] events = new Event[n];
    for (int i = 0; i < n; i++) events[i] = HistoryRun.event(group, "event-" + i, NOON + (long) i * (DAY / perDay), 200 + random.nextInt(3000), "kind " + random.nextInt(50));
    double sum = 0;
    long measured = 0;
    int from = n / 2;
    for (EntityState state : states) {
      long start = 0;
      for (int i = 0; i < n; i++) {
        if (i == from) start = System.nanoTime();
        state.advanceTo(events[i].occurredAtMillis());
        state.fold(events[i], group.kindsFor(events[i], events[i].occurredAtMillis(), HistoryRun.TTL));
        KeyState found = state.toKeyState(i, Tally.NONE, KeyState.Place.NONE);
        sum += found.features().number(1);
      }
      measured += System.nanoTime() - start;
    }
    dev.freshet.fold.SnapshotWriter out = new dev.freshet.fold.SnapshotWriter(0);
    long w = System.nanoTime();
    for (int i = 0; i < 20; i++) { out = new dev.freshet.fold.SnapshotWriter(0); states[i].write(out); }
    w = (System.nanoTime() - w) / 20;
    byte[] bytes = out.toBytes();
    long r = System.nanoTime();
    for (int i = 0; i < 20; i++) { sum += EntityState.read(group, dev.freshet.fold.Coverage.COMPLETE, new dev.freshet.fold.SnapshotReader(bytes), events[n - 1].occurredAtMillis()).toKeyState(1, Tally.NONE, KeyState.Place.NONE).features().number(1); }
    r = (System.nanoTime() - r) / 20;
    System.out.printf("COST %s: %d ns an event; write %d us, read and compute %d us, %d bytes, memory %d (%s)%n", name, measured / entities / (n - from), w / 1000, r / 1000, bytes.length, states[0].sizeBytes(), sum);
  }
}
