package dev.freshet.history;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.fold.Coverage.ALWAYS;
import static dev.freshet.fold.StateKind.NEVER_COMPLETE_MILLIS;
import static dev.freshet.testing.TestEvents.DAY;
import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.Coverage.Deployed;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.StateSchema;
import dev.freshet.fold.Translation;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import dev.freshet.state.EntityState;
import dev.freshet.testing.TestGroups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests what goes on of history when its declaration changes, and since when it is complete. */
class HistoryDeclarationsTest {

  private static final Input X = Input.decimal("x");
  private static final Input KIND = Input.text("kind");
  private static final Duration DAILY = Duration.ofDays(1);
  private static final long MIDNIGHT = NOON - 12 * HOUR;

  /** Functions of the earlier declaration may be at work for so long. */
  /** Functions of the declaration before are at work for so long, and events may be dated ahead. */
  private static final long OVERLAP = 15 * MINUTE + HOUR;

  private static FeatureGroupBuilder base() {
    return FeatureGroup.named("changing")
        .dimension(TestGroups.AREA)
        .reads(TestGroups.ITEM_CREATED)
        .lateness(Duration.ofHours(1));
  }

  private static final FeatureGroup WEEK = base().over(days(7).every(DAILY), count()).build();
  private static final FeatureGroup MONTH = base().over(days(30).every(DAILY), count()).build();
  private static final FeatureGroup MORE =
      base()
          .over(days(7).every(DAILY), max().of(X), count(), percentile(50).of(X))
          .over(lifetime(), sum("x").of(X), distinct().of(KIND))
          .build();
  private static final FeatureGroup LESS =
      base().over(lifetime(), sum("x").of(X)).over(days(2).every(DAILY), count()).build();
  private static final FeatureGroup HOURLY =
      base().over(days(7).every(Duration.ofHours(1)), count()).build();

  @Test
  void aNewGroupIsCompleteWhenItsWindowsSeeNewEventsOnly() {
    assertThat(of(WEEK)).isEqualTo(coverage(MIDNIGHT + 8 * DAY, NOON));
    assertThat(of(LESS)).isEqualTo(coverage(NEVER_COMPLETE_MILLIS, NOON));
  }

  @Test
  void aBackfillMakesAllComplete() {
    assertThat(backfilled(NOON, WEEK)).isEqualTo(Coverage.COMPLETE);
    assertThat(backfilled(NOON - 1, WEEK)).isEqualTo(coverage(MIDNIGHT + 8 * DAY, NOON));
    assertThat(backfilled(NOON, MORE, LESS)).isEqualTo(Coverage.COMPLETE);
  }

  @Test
  void whatAnEarlierDeclarationKeptIsComplete() {
    long seam = NOON + DAY + OVERLAP;
    long monthSeesAll = MIDNIGHT + (1 - 7 + 30 + 1) * DAY;
    assertThat(backfilled(NOON, WEEK, MONTH)).isEqualTo(coverage(monthSeesAll, seam));
    assertThat(backfilled(NOON, MONTH, WEEK)).isEqualTo(Coverage.COMPLETE);
    assertThat(backfilled(NOON, LESS, MORE)).isEqualTo(coverage(NEVER_COMPLETE_MILLIS, seam));
    assertThat(backfilled(NOON, HOURLY, WEEK).historyFromMillis())
        .isEqualTo(MIDNIGHT + (1 - 6 + 7 + 1) * DAY);
    assertThat(backfilled(NOON, WEEK, HOURLY).historyFromMillis())
        .isEqualTo(Math.floorDiv(seam, HOUR) * HOUR + HOUR + 7 * DAY);
    assertThat(backfilled(seam, WEEK, HOURLY)).isEqualTo(Coverage.COMPLETE);
  }

  @Test
  void otherTypesOrEntitiesKeepNothing() {
    FeatureGroup both =
        base().reads(TestGroups.ITEM_PICKED).over(days(7).every(DAILY), count()).build();
    FeatureGroup exact =
        FeatureGroup.named("changing")
            .dimension(TestGroups.AREA)
            .reads(TestGroups.ITEM_CREATED)
            .over(minutes(5), count())
            .build();
    for (FeatureGroup earlier : List.of(both, exact)) {
      assertThat(backfilled(NOON, earlier, WEEK).historyFromMillis()).isEqualTo(MIDNIGHT + 9 * DAY);
      assertThat(backfilled(NOON, earlier, WEEK).seamMillis()).isEqualTo(NOON + DAY + OVERLAP);
    }
    HistoryRun before = filled(both);
    assertThat(translated(both, WEEK, before).value(0)).isEqualTo(1); // held one by one
  }

  /** Entities may sleep in the archive, where a declaration without history does not look. */
  @Test
  void aGroupThatGivesUpItsHistoryMayLackWhatItKept() {
    FeatureGroup last =
        FeatureGroup.named("changing")
            .dimension(TestGroups.AREA)
            .reads(TestGroups.ITEM_CREATED)
            .over(minutes(5), count())
            .build();
    long gone = NOON + DAY + OVERLAP;
    assertThat(of(WEEK, last).windowsFromMillis()).isEqualTo(gone + 5 * MINUTE);
    assertThat(of(WEEK, last).lastSinceMillis()).isEqualTo(gone);
  }

  @Test
  void tilesThatAnEarlierDeclarationKeptGoOn() {
    HistoryRun before = filled(MORE);
    double[] were = TestGroups.numbers(before.step());
    HistoryRun less = translated(MORE, LESS, before);
    assertThat(TestGroups.numbers(less.step())).containsExactly(were[3], 3);
    assertThat(TestGroups.numbers(translated(MORE, WEEK, before).step())).containsExactly(were[1]);
    HistoryRun again = translated(LESS, MORE, less);
    assertThat(again.value(3)).isEqualTo(were[3]);
    assertThat(translated(MORE, MORE, before).snapshot()).isEqualTo(before.snapshot());
  }

  @Test
  void eventsHeldOneByOneServeNewFeatures() {
    FeatureGroup sums = base().over(days(7).every(DAILY), sum("x").of(X)).build();
    HistoryRun before = new HistoryRun(sums, NOON);
    before.arrives("a", NOON, 5);
    before.arrives("b", NOON - MINUTE, 7);
    FeatureGroup greatest = base().over(days(7).every(DAILY), max().of(X), count()).build();
    HistoryRun after = translated(sums, greatest, before);
    assertThat(TestGroups.numbers(after.step())).containsExactly(7, 2);
    after.isRead("a", NOON, 5);
    assertThat(after.value(1)).isEqualTo(2);
  }

  /** The mark goes with the replacement, and comes again if a later declaration lacks more. */
  @Test
  void anEntityIsCompleteOnceItsHistoryWasReplaced() {
    Coverage coverage = of(LESS);
    HistoryRun run = new HistoryRun(LESS, coverage, NOON);
    run.at(NOON + 1).arrives("a", NOON + 1, 1);
    assertThat(run.step().completeFromMillis()).isEqualTo(NEVER_COMPLETE_MILLIS);
    byte[] nothing = new HistoryRun(LESS, coverage, NOON - DAY).partUpTo(NOON);
    run.replace(NOON - 1, nothing);
    assertThat(run.step().completeFromMillis()).isEqualTo(NEVER_COMPLETE_MILLIS);
    run.replace(NOON, nothing);
    assertThat(run.compacted().step().completeFromMillis()).isEqualTo(ALWAYS);
    assertThat(run.step().validUntilMillis()).isEqualTo(MIDNIGHT + 3 * DAY);

    Coverage later = of(LESS, MORE);
    HistoryRun changed = translated(LESS, MORE, run, later, NOON + DAY);
    assertThat(changed.step().completeFromMillis()).isEqualTo(NEVER_COMPLETE_MILLIS);
  }

  @Test
  void whatOtherWindowsLackMakesNoHistoryIncomplete() {
    FeatureGroup before = base().over(lifetime(), count()).build();
    FeatureGroup after =
        base()
            .over(lifetime(), count())
            .over(minutes(5), count("fives").where(Filter.equalTo(X, 5)))
            .build();
    Coverage coverage = backfilled(NOON, before, after);
    long now = NOON + DAY;
    HistoryRun run = new HistoryRun(before, now - MINUTE);
    run.arrives("a", now - MINUTE, 5);
    HistoryRun changed = translated(before, after, run, coverage, now);
    assertThat(changed.step().completeFromMillis()).isBetween(now, now + 2 * HOUR);
    assertThat(changed.value(0)).isEqualTo(1);
    assertThat(changed.at(now + 2 * HOUR).step().completeFromMillis()).isEqualTo(ALWAYS);
  }

  private static HistoryRun filled(FeatureGroup group) {
    HistoryRun run = new HistoryRun(group, NOON - 20 * DAY);
    for (int day = 20; day >= 0; day--) {
      run.at(NOON - day * DAY).arrives("e" + day, NOON - day * DAY, day, "kind " + day % 9);
    }
    return run;
  }

  private static HistoryRun translated(FeatureGroup old, FeatureGroup present, HistoryRun run) {
    return translated(old, present, run, Coverage.COMPLETE, NOON);
  }

  private static HistoryRun translated(
      FeatureGroup old, FeatureGroup present, HistoryRun run, Coverage coverage, long now) {
    StateSchema stored = StateSchema.read(old.schema().toBytes());
    Translation translation = new Translation(stored, present.schema(), present.kinds());
    SnapshotReader in = new SnapshotReader(run.snapshot());
    return new HistoryRun(
        present, coverage, EntityState.translate(present, coverage, translation, in, now), now);
  }

  private static Coverage coverage(long historyFrom, long seam) {
    return new Coverage(ALWAYS, ALWAYS, historyFrom, seam);
  }

  private static Coverage of(FeatureGroup... declarations) {
    return backfilled(ALWAYS, declarations);
  }

  /** The declarations are at work from NOON, a day apart. */
  private static Coverage backfilled(long backfilledMillis, FeatureGroup... declarations) {
    List<Deployed> history = new ArrayList<>();
    for (FeatureGroup each : declarations) {
      history.add(new Deployed(each.schema(), NOON + history.size() * DAY));
    }
    FeatureGroup present = declarations[declarations.length - 1];
    return Coverage.of(present.schema(), present.kinds(), history, HOUR, backfilledMillis);
  }
}
