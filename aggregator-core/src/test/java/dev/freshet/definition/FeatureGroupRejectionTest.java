package dev.freshet.definition;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Declarations.lastN;
import static dev.freshet.definition.Declarations.rejects;
import static dev.freshet.definition.Declarations.stages;
import static dev.freshet.definition.Declarations.windows;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Filter.is;
import static dev.freshet.input.Filter.isTrue;
import static dev.freshet.input.Input.amount;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.input.Input.seconds;
import static dev.freshet.input.Input.text;
import static dev.freshet.testing.TestGroups.AREA;
import static dev.freshet.testing.TestGroups.CREATED;
import static dev.freshet.testing.TestGroups.DELIVERED;
import static dev.freshet.testing.TestGroups.ITEM;
import static dev.freshet.testing.TestGroups.ITEM_CANCELLED;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static dev.freshet.testing.TestGroups.ITEM_DELIVERED;
import static dev.freshet.testing.TestGroups.PICKED;
import static dev.freshet.testing.TestGroups.PLACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.input.Input;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that a wrong declaration fails when it is built, with the reason. */
class FeatureGroupRejectionTest {

  private static final Input X = decimal("x");

  @Test
  void aGroupWhoseResultsCouldOutgrowARecordOfKinesisIsRejected() {
    FeatureGroupBuilder builder = windows();
    IntStream.rangeClosed(1, 1_001)
        .forEach(seconds -> builder.over(Window.seconds(seconds), count("created")));
    rejects(builder::build, "more than 1000 features");
    rejects(() -> FeatureGroup.named("a".repeat(129)), "at most 128 characters");
  }

  @Test
  void aGroupIsComplete() {
    rejects(() -> FeatureGroup.named("g").reads(ITEM_CREATED).build(), "g: a dimension is missing");
    rejects(() -> FeatureGroup.named("g").dimension(AREA).build(), "g: it reads no event type");
    rejects(() -> windows().build(), "g: it has no features");
    rejects(() -> lastN().over(last(5)), "g: over(last 5 events) computes nothing");
    rejects(() -> windows().over(minutes(5)), "g: over((t − 5m, t]) computes nothing");
    rejects(() -> stages().over(lookBack(Duration.ofHours(1))), "computes nothing");
    rejects(
        () -> windows().over(last(5), mean()).build(),
        "g: mean needs an input: call of(...) on it, or value(...) on the group");
  }

  @Test
  void contradictionsAreRejected() {
    rejects(() -> windows().over(minutes(5), sum("a")).build(), "a_sum_5m needs an input");
    rejects(() -> windows().over(minutes(5), mean("a")).build(), "a_mean_5m needs an input");
    rejects(
        () -> windows().over(minutes(5), entered(CREATED)).build(),
        "no feature uses the events that it reads");
    rejects(
        () -> stages().over(minutes(5), count("a"), entered(CREATED)).build(),
        "features of events need reads(): name the event types of [a]");
    Lifecycle other = Lifecycle.named("other").by("otherId");
    rejects(
        () -> open("a").since(CREATED).until(other.stage("ended", ITEM_CANCELLED)),
        "status a begins in lifecycle item and ends in other");
  }

  @Test
  void unusedPartsAreRejected() {
    rejects(
        () -> stages().reads(ITEM_DELIVERED).over(minutes(5), entered(CREATED)).build(),
        "no feature uses the events that it reads");
    rejects(
        () -> stages().value(amount("totalAmount")).over(minutes(5), entered(CREATED)).build(),
        "no feature reads its value, totalAmount: add sum() or mean(), or leave value() out");
    rejects(
        () -> stages().where(is("kind", "a")).over(minutes(5), entered(CREATED)).build(),
        "no feature uses the group's filter, kind is a: leave where() out");
  }

  @Test
  void aSetterThatIsCalledTwiceIsRejected() {
    rejects(
        () -> windows().value(amount("totalAmount")).value(amount("itemCount")),
        "g: value() is called twice, with totalAmount and then itemCount: keep one");
    rejects(
        () -> windows().dimension(PLACE),
        "and then Entity[name=place, members=[placeId]]: keep one");
    rejects(() -> windows().describedAs("a").describedAs("b"), "describedAs() is called twice");
    rejects(() -> ITEM_CREATED.carrying("a").carrying("b"), "[a], then [b]");
    rejects(() -> ITEM_CREATED.carrying(), "with every member");
  }

  @Test
  void aSumOfAnotherValueThanTheDeclaredOneIsRejected() {
    FeatureGroupBuilder tips = windows().value(amount("totalAmount")).over(minutes(5), sum("tip"));
    rejects(
        tips::build,
        "g: sum() of 'tip' would use the group's value, totalAmount: name it after that");
    EventType paid = ITEM_CREATED.carrying("placeId", "createdAt", "paidAt", "tip");
    FeatureGroupBuilder times = stages().reads(paid).value(seconds("createdAt", "paidAt"));
    rejects(() -> times.over(minutes(5), mean("tip")).build(), "mean() of 'tip'");
    assertThat(
            stages()
                .reads(paid)
                .value(seconds("createdAt", "paidAt"))
                .over(minutes(5), mean("payment"))
                .build()
                .features())
        .extracting(Feature::name)
        .containsExactly("payment_mean_5m");
  }

  @Test
  void partsWithoutEffectAndConstantFeaturesAreRejected() {
    rejects(
        () -> windows().value(amount("totalAmount")).over(minutes(5), count("a")).build(),
        "no feature reads its value, totalAmount");
    rejects(() -> seconds("createdAt", "createdAt"), "from createdAt to itself are always 0");
    rejects(() -> amount(" "), "' '");
    rejects(() -> open("a").since(CREATED).until(PICKED, CREATED), "it starts with, created");
    rejects(
        () ->
            stages()
                .over(minutes(5), entered(CREATED))
                .over(minutes(6), entered(ITEM.stage("created", ITEM_DELIVERED)))
                .build(),
        "the stage created is declared twice");
  }

  @Test
  void partsThatAreSetTwiceAreRejected() {
    rejects(() -> sum().of(X).of(decimal("y")), "of() is called twice for sum, with x and then y");
    rejects(
        () -> count("a").where(isTrue("b")).where(isTrue("c")),
        "where() is called twice for a: join the filters with all()");
    rejects(
        () -> windows().where(is("a", "b")).where(is("c", "d")),
        "g: where() is called twice, with a is b and then c is d: keep one");
    rejects(
        () -> last(5).within(hours(1)).within(hours(2)),
        "within() is called twice, with (t − 1h, t] and then (t − 2h, t]: keep one");
    rejects(
        () -> days(7).delayedBy(days(7)).delayedBy(days(1)),
        "delayedBy() is called twice, with 7d and then 1d: keep one");
    rejects(
        () -> last(5).within(days(7).delayedBy(days(7))),
        "within() of last events takes no delayed window: (t − 7d − 7d, t − 7d]");
    rejects(
        () -> days(7).delayedBy(days(7).delayedBy(days(7))),
        "a delay has no delay itself: (t − 7d − 7d, t − 7d]");
  }

  @Test
  void lifecyclesHaveConsistentStages() {
    rejects(
        () ->
            stages()
                .over(hours(1), entered(CREATED), entered(ITEM.stage("begun", ITEM_CREATED)))
                .build(),
        "g: ITEM_CREATED enters two stages of lifecycle item, created and begun: keep one");
    rejects(
        () ->
            stages()
                .over(hours(1), entered(CREATED))
                .over(
                    hours(1),
                    entered(Lifecycle.named("item").by("other").stage("ended", ITEM_DELIVERED)))
                .build(),
        "g: the lifecycle item is declared twice");
    rejects(() -> ITEM.stage("begun"), "stage begun of item needs an event type that enters it");
    rejects(
        () -> ITEM.skew(Duration.ofSeconds(-1)),
        "the skew of lifecycle item must not be negative: PT-1S");
    Status open = open("open").since(CREATED).until(DELIVERED);
    rejects(
        () -> open.sum("kinds", text("kind")),
        "sum() of open items takes a number of at most 6 fraction digits, not kind");
    rejects(() -> open.sum("xs", decimal("x").scale(9)), "not x (9 digits)");
  }
}
