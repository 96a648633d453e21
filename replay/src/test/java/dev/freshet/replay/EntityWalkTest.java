package dev.freshet.replay;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.amount;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.FeatureValues;
import dev.freshet.format.EventFormat;
import dev.freshet.replay.sort.KeyWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares a walk, which looks ahead, with a replay that passes over no change. */
class EntityWalkTest {

  private static final EventType TICK = new EventType("TICK", "ticks", EventFormat.reference());
  private static final Entity CLOCK = Entity.named("clock").by("clockId");

  private static final List<FeatureGroup> GROUPS =
      List.of(
          FeatureGroup.named("mixed")
              .dimension(CLOCK)
              .reads(TICK)
              .value(amount("ticks"))
              .over(last(3), count(), mean())
              .over(minutes(10), count())
              .over(minutes(30), count(), max())
              .build(),
          FeatureGroup.named("lasting")
              .dimension(CLOCK)
              .reads(TICK)
              .value(amount("ticks"))
              .over(last(5), mean())
              .build(),
          FeatureGroup.named("ancient")
              .dimension(CLOCK)
              .reads(TICK)
              .lateness(Duration.ofHours(1))
              .over(lifetime(), count("ticks"))
              .over(days(7).every(Duration.ofDays(1)), count("ticks"))
              .build());

  private static final FeatureColumns COLUMNS = FeatureColumns.ofSpine(GROUPS);

  /** Shorter than a window, so that changes without an event renew the expiry. */
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(20);

  private final KeyWriter out = new KeyWriter();

  @Test
  void answersAreThoseOfAReplayThatPassesOverNoChange() throws IOException {
    for (int groups = 1; groups <= 7; groups++) {
      for (int seed = 1; seed <= 6; seed++) {
        List<byte[]> steps = steps(new Random(seed), groups, seed == 1 ? 9_000 : 300);
        assertThat(walked(steps)).as("groups %d, seed %d", groups, seed).isEqualTo(eager(steps));
      }
    }
  }

  /** What lies behind the steps that it has read may be long after them. */
  @Test
  void aChangeAmongTheLastStepsThatItSeesRenewsTheExpiry() throws IOException {
    List<byte[]> steps = new ArrayList<>();
    steps.add(Step.write(out, new Step.Happened(0, 0, tick("e", 0, 1))));
    for (int i = 1; i < 4_200; i++) {
      steps.add(Step.write(out, new Step.Asked(0, "a", 250L * i, false, i)));
    }
    long later = Duration.ofMinutes(25).toMillis();
    steps.add(Step.write(out, new Step.Asked(0, "a", later, false, 4_200)));
    Map<Long, FeatureValues> answers = walked(steps);
    assertThat(answers).isEqualTo(eager(steps));
    assertThat(answers.get(4_200L).number(place("mixed:count_30m"))).isEqualTo(1);
  }

  /** A file may hold an event twice, with other contents: each group takes the least for it. */
  @Test
  void ofAnEventThatComesTwiceEachGroupTakesTheLeast() throws IOException {
    List<byte[]> steps = new ArrayList<>();
    for (long[] ticks : new long[][] {{1, 9}, {2, 3}}) {
      Event first = tick("e", 0, ticks[0]);
      Step.begin(out, 0, first);
      Step.add(out, 0, first);
      Step.add(out, 1, tick("e", 0, ticks[1]));
      steps.add(out.take());
    }
    steps.add(Step.write(out, new Step.Asked(0, "a", 1, false, 0)));
    steps.sort(Arrays::compareUnsigned);
    FeatureValues answer = walked(steps).get(0L);
    assertThat(answer.number(place("mixed:mean"))).isEqualTo(1);
    assertThat(answer.number(place("lasting:mean"))).isEqualTo(3);
  }

  private static int place(String column) {
    List<String> names = FeatureColumns.names(GROUPS, true);
    return IntStream.range(0, names.size())
        .filter(i -> names.get(i).startsWith(column))
        .findFirst()
        .orElseThrow();
  }

  private static Event tick(String id, long at, long ticks) {
    long[] numbers = new long[GROUPS.get(0).columns().width()];
    Arrays.fill(numbers, ticks * 1_000_000L);
    return new Event(id, 0, at, "a", numbers, new String[0], 0);
  }

  /**
   * Returns steps of two entities.
   *
   * @param groups which groups have events, one bit each
   */
  private List<byte[]> steps(Random random, int groups, int count) {
    List<byte[]> steps = new ArrayList<>();
    for (String entity : List.of("a", "b")) {
      long at = 1_000_000_000_000L;
      for (int i = 0; i < count; i++) {
        at += random.nextInt(4) == 0 ? 60_000L * random.nextInt(50) : random.nextInt(120_000);
        int group = random.nextInt(3);
        if (random.nextInt(3) == 0 && (groups >> group & 1) == 1) {
          long[] numbers = new long[GROUPS.get(group).columns().width()];
          Arrays.fill(numbers, random.nextInt(9) * 1_000_000_000L);
          Event event = new Event("e" + i, 0, at, entity, numbers, new String[0], 0);
          steps.add(Step.write(out, new Step.Happened(0, group, event)));
        } else {
          steps.add(
              Step.write(out, new Step.Asked(0, entity, at, random.nextBoolean(), row(steps))));
        }
      }
    }
    steps.sort(Arrays::compareUnsigned);
    return steps;
  }

  private static long row(List<byte[]> steps) {
    return steps.size();
  }

  private static Map<Long, FeatureValues> walked(List<byte[]> steps) throws IOException {
    Map<Long, FeatureValues> answers = new TreeMap<>();
    BytesSink rows =
        answer -> {
          FeatureValues features = COLUMNS.absent();
          Answers.read(answer, COLUMNS, features);
          answers.put(Answers.row(answer), features);
        };
    EntityWalk walk = new EntityWalk(COLUMNS, TIME_TO_LIVE, false, new ReplayReport());
    for (byte[] step : steps) {
      walk.take(step, rows);
    }
    assertThat(walk.end(rows)).isTrue();
    assertThat(walk.end(rows)).as("nothing is left").isFalse();
    return answers;
  }

  private static Map<Long, FeatureValues> eager(List<byte[]> steps) {
    Map<Long, FeatureValues> answers = new TreeMap<>();
    String entity = "";
    EntityReplay replay = null;
    for (byte[] written : steps) {
      Step step = Step.read(written, COLUMNS);
      if (!step.entity().equals(entity)) {
        replay = new EntityReplay(GROUPS, TIME_TO_LIVE);
        entity = step.entity();
      }
      if (step instanceof Step.Asked asked) {
        answers.put(asked.row(), replay.featuresAt(asked.atMillis()));
      } else {
        var unused = replay.apply(((Step.Happened) step).group(), ((Step.Happened) step).event());
      }
    }
    return answers;
  }
}
