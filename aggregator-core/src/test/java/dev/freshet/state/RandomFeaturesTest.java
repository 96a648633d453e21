package dev.freshet.state;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.event.Event;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.testing.RandomFeatures;
import dev.freshet.testing.RandomFeatures.Known;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random declarations over random events: features are what their definitions say, depend only on
 * the set of events and the instant, and are valid exactly until one changes.
 */
class RandomFeaturesTest {

  private static final Duration TTL = Duration.ofDays(90);
  private static final int STEPS = 50;

  @Test
  void featuresAndTheirValidityAreThoseOfTheDefinition() {
    for (int seed = 1; seed <= 120; seed++) {
      new Run(seed).go();
    }
  }

  private static final class Run {
    private final Random random;
    private final RandomFeatures features;
    private final List<Known> used = new ArrayList<>();
    private final int seed;
    private EntityState state;
    private long now = NOON;

    Run(int seed) {
      this.seed = seed;
      random = new Random(seed);
      features = new RandomFeatures(seed);
      state = EntityState.empty(features.group(), now);
    }

    void go() {
      for (int step = 0; step < STEPS; step++) {
        for (int i = random.nextInt(4); i > 0; i--) {
          fold(RandomFeatures.known("e" + (step * 4 + i), now, random));
        }
        if (!used.isEmpty() && random.nextInt(3) == 0) {
          fold(used.get(random.nextInt(used.size())));
        }
        String as = "seed %d, step %d".formatted(seed, step);
        check(as);
        if (random.nextInt(6) == 0) {
          state = throughSnapshot();
          check(as + ", from a snapshot");
        }
        now += SECOND / 2 * random.nextInt(10) + (random.nextInt(12) == 0 ? 30 * SECOND : 0);
        state.advanceTo(now);
        check(as + ", later");
      }
    }

    private void fold(Known known) {
      Event event = features.event(known);
      long kinds = features.group().kindsFor(event, now, TTL);
      state.fold(event, kinds);
      if (kinds != 0 && !used.contains(known)) {
        used.add(known);
      }
    }

    private void check(String as) {
      KeyState found = state.toKeyState(1, Tally.NONE, KeyState.Place.NONE);
      assertThat(found.features()).as(as).isEqualTo(anew(now).features());
      assertThat(found.validUntilMillis()).as(as).isEqualTo(firstChange(found.features()));
      List<Object> naive = features.naive(now, used);
      for (int i = 0; i < naive.size() && !found.isEmpty(); i++) {
        check(found.features(), i, naive.get(i), as);
      }
    }

    private static void check(FeatureValues found, int feature, Object naive, String as) {
      if (naive instanceof Double number) {
        assertThat(found.number(feature))
            .as("%s, feature %d", as, feature)
            .isCloseTo(number, within(1e-9));
      } else {
        assertThat(found.text(feature)).as("%s, feature %d", as, feature).isEqualTo(naive);
        assertThat(found.number(feature)).as("%s, feature %d", as, feature).isNaN();
      }
    }

    /** Returns the state of the same events that all arrive at an instant, in another order. */
    private KeyState anew(long instant) {
      List<Known> shuffled = new ArrayList<>(used);
      Collections.shuffle(shuffled, new Random(seed));
      EntityState other = EntityState.empty(features.group(), instant);
      for (Known each : shuffled) {
        Event event = features.event(each);
        other.fold(event, features.group().kindsFor(event, instant, TTL));
      }
      return other.toKeyState(1, Tally.NONE, KeyState.Place.NONE);
    }

    /** Tries every instant at which an event enters or leaves a window. */
    private long firstChange(FeatureValues before) {
      TreeSet<Long> instants = new TreeSet<>();
      for (Known each : used) {
        features.edges().forEach(edge -> instants.add(each.time() + edge));
      }
      for (long instant : instants.tailSet(now, false)) {
        if (!anew(instant).features().equals(before)) {
          return instant;
        }
      }
      return KeyState.FOREVER;
    }

    private EntityState throughSnapshot() {
      SnapshotWriter out = new SnapshotWriter(0);
      state.write(out);
      return EntityState.read(
          features.group(), Coverage.COMPLETE, new SnapshotReader(out.toBytes()), now);
    }
  }
}
