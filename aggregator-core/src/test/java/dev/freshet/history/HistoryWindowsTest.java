package dev.freshet.history;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.first;
import static dev.freshet.definition.Aggregates.firstAt;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.latestAt;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.fold.KindState.Outcome.APPLIED;
import static dev.freshet.fold.KindState.Outcome.DUPLICATE;
import static dev.freshet.fold.KindState.Outcome.LATE;
import static dev.freshet.testing.TestEvents.DAY;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.input.Input;
import dev.freshet.state.KeyState;
import dev.freshet.testing.TestGroups;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Tests the edges of windows that move in hops, and what is late for them. */
class HistoryWindowsTest {

  private static final Input X = Input.decimal("x");

  /** The start of a day. */
  private static final long MIDNIGHT = NOON - 12 * HOUR;

  private static FeatureGroupBuilder group() {
    return FeatureGroup.named(TestGroups.freshName("windows"))
        .dimension(TestGroups.AREA)
        .reads(TestGroups.ITEM_CREATED)
        .lateness(Duration.ofHours(2));
  }

  private static final FeatureGroup WEEK =
      group().over(days(7).every(Duration.ofDays(1)), count()).build();

  @Test
  void anEventLeavesWhenTheHopAfterItIsAsOldAsTheWindow() {
    long leaves = MIDNIGHT + 8 * DAY; // it happened during the day after MIDNIGHT
    HistoryRun run = new HistoryRun(WEEK, NOON);
    run.arrives("a", NOON, 1);
    assertThat(run.step().validUntilMillis()).isEqualTo(leaves);
    assertThat(run.at(leaves - 1).value(0)).isEqualTo(1);
    assertThat(run.compacted().value(0)).isEqualTo(1);
    assertThat(run.at(leaves).value(0)).isZero();
    assertThat(run.step().validUntilMillis()).isEqualTo(KeyState.FOREVER);
    assertThat(run.compacted().step().isEmpty()).isTrue();
  }

  @Test
  void anEventAtTheStartOfAHopBelongsToTheHopBefore() {
    HistoryRun run = new HistoryRun(WEEK, MIDNIGHT + 1);
    run.arrives("at", MIDNIGHT, 1);
    run.arrives("after", MIDNIGHT + 1, 1);
    assertThat(run.at(MIDNIGHT + 7 * DAY - 1).value(0)).isEqualTo(2);
    assertThat(run.compacted().at(MIDNIGHT + 7 * DAY).value(0)).isEqualTo(1);
    assertThat(run.at(MIDNIGHT + 8 * DAY - 1).value(0)).isEqualTo(1);
    assertThat(run.at(MIDNIGHT + 8 * DAY).value(0)).isZero();
  }

  @Test
  void anEventDatedAheadEntersAtItsTime() {
    HistoryRun run = new HistoryRun(WEEK, NOON);
    run.arrives("ahead", NOON + MINUTE, 1);
    assertThat(run.value(0)).isZero();
    assertThat(run.step().validUntilMillis()).isEqualTo(NOON + MINUTE);
    assertThat(run.compacted().at(NOON + MINUTE - 1).value(0)).isZero();
    assertThat(run.at(NOON + MINUTE).value(0)).isEqualTo(1);
  }

  @Test
  void aDelayedWindowEndsToTheMillisecondAndBeginsWithAHop() {
    FeatureGroup group =
        group()
            .over(days(1).every(Duration.ofHours(1)).delayedBy(minutes(600)), count())
            .over(lifetime().delayedBy(days(2)), count())
            .build();
    assertThat(group.features())
        .extracting(Feature::name)
        .containsExactly("count_1d_after_600m", "count_lifetime_after_2d");
    HistoryRun run = new HistoryRun(group, NOON);
    run.arrives("a", NOON, 1);
    long enters = NOON + 10 * HOUR;
    assertThat(run.compacted().at(enters - 1).value(0)).isZero();
    assertThat(run.at(enters).value(0)).isEqualTo(1);
    assertThat(run.compacted().at(enters + DAY - 1).value(0)).isEqualTo(1);
    assertThat(run.at(enters + DAY).value(0)).isZero();
    assertThat(run.compacted().at(NOON + 2 * DAY - 1).value(1)).isZero();
    assertThat(run.at(NOON + 2 * DAY).value(1)).isEqualTo(1);
    assertThat(run.compacted().at(NOON + 9_000 * DAY).value(1)).isEqualTo(1);
  }

  @Test
  void anEventIsLateAfterTheLatenessOfItsGroup() {
    HistoryRun run = new HistoryRun(WEEK, NOON);
    assertThat(run.arrives("late", NOON - 2 * HOUR, 1)).isEqualTo(LATE);
    assertThat(run.arrives("in time", NOON - 2 * HOUR + 1, 1)).isEqualTo(APPLIED);
    assertThat(run.value(0)).isEqualTo(1);
  }

  @Test
  void anEventThatComesAgainIsNeverCountedTwice() {
    HistoryRun run = new HistoryRun(WEEK, NOON);
    run.arrives("a", NOON, 1);
    assertThat(run.isRead("a", NOON, 1)).isEqualTo(DUPLICATE);
    run.at(NOON + 3 * HOUR - 1).compacted();
    assertThat(run.isRead("a", NOON, 1)).isEqualTo(DUPLICATE);
    run.at(NOON + 3 * HOUR).compacted(); // merged now
    assertThat(run.isRead("a", NOON, 1)).isEqualTo(LATE);
    assertThat(run.isRead("b", NOON + 1, 1)).isEqualTo(APPLIED);
    assertThat(run.value(0)).isEqualTo(2);
  }

  /** The records of a list are folded at an instant at which some of them are old. */
  @Test
  void recordsThatAreReadMuchLaterAreNotLate() {
    HistoryRun writer = new HistoryRun(WEEK, NOON);
    writer.arrives("c", NOON + 2, 1);
    writer.compacted().at(NOON + 3 * DAY);
    HistoryRun reader = writer.compacted();
    assertThat(reader.isRead("b", NOON + 1, 1)).isEqualTo(LATE);

    HistoryRun late = new HistoryRun(WEEK, NOON + 3 * DAY);
    for (String id : List.of("c", "b", "a")) {
      assertThat(late.isRead(id, NOON + id.charAt(0), 1)).isEqualTo(APPLIED);
    }
    assertThat(late.compacted().value(0)).isEqualTo(3);
  }

  @Test
  void aLifetimeNeverEnds() {
    FeatureGroup group =
        group()
            .over(lifetime(), count("events"), sum("x").of(X), first().of(X), firstAt("opened"))
            .over(lifetime(), latest().of(X), latestAt("seen"))
            .build();
    HistoryRun run = new HistoryRun(group, NOON);
    for (int day = 0; day < 800; day++) {
      run.at(NOON + day * DAY).arrives("e" + day, NOON + day * DAY, day + 1);
      if (day % 7 == 0) {
        run.compacted();
      }
    }
    assertThat(TestGroups.numbers(run.step()))
        .containsExactly(800, 800 * 801 / 2.0, 1, NOON, 800, NOON + 799 * DAY);
    assertThat(run.step().validUntilMillis()).isEqualTo(KeyState.FOREVER);
    assertThat(run.at(NOON + 900 * DAY).snapshot()).hasSizeLessThan(70);
  }

  @Test
  void eventsOfTheSameMillisecondHaveTheOrderOfTheirIdsMergedOrNot() {
    FeatureGroup group = group().over(lifetime(), first().of(X), latest().of(X)).build();
    List<String> ids =
        LongStream.range(0, 20).mapToObj(Long::toString).collect(Collectors.toList());
    for (int seed = 0; seed < 50; seed++) {
      Collections.shuffle(ids, new Random(seed));
      HistoryRun run = new HistoryRun(group, NOON);
      ids.forEach(id -> run.arrives(id, NOON, Long.parseLong(id)));
      assertThat(run.value(0)).as("seed %d", seed).isZero();
      assertThat(run.value(1)).as("seed %d", seed).isEqualTo(9);
      run.at(NOON + DAY).compacted();
      assertThat(run.value(0)).as("seed %d, merged", seed).isZero();
      assertThat(run.value(1)).as("seed %d, merged", seed).isEqualTo(9);
    }
  }

  @Test
  void otherWindowsStandInTheSameGroup() {
    FeatureGroup group =
        group()
            .over(minutes(5), count())
            .over(lifetime(), count())
            .over(last(2), sum("x").of(X))
            .over(days(7).every(Duration.ofDays(1)), count())
            .build();
    assertThat(group.hasHistory()).isTrue();
    HistoryRun run = new HistoryRun(group, NOON);
    for (int i = 1; i <= 3; i++) {
      run.at(NOON + i * MINUTE).arrives("e" + i, NOON + i * MINUTE, i);
    }
    assertThat(TestGroups.numbers(run.at(NOON + 7 * MINUTE).compacted().step()))
        .containsExactly(1, 3, 5, 3);
    assertThat(run.arrives("late", NOON - HOUR, 9)).isEqualTo(APPLIED);
    assertThat(TestGroups.numbers(run.step())).containsExactly(1, 4, 5, 4);
  }
}
