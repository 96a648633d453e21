package dev.freshet.definition;

import static dev.freshet.definition.Aggregate.average;
import static dev.freshet.definition.Aggregate.entered;
import static dev.freshet.definition.Aggregate.events;
import static dev.freshet.definition.Aggregate.sum;
import static dev.freshet.definition.Declarations.lastN;
import static dev.freshet.definition.Declarations.stages;
import static dev.freshet.definition.Declarations.windows;
import static dev.freshet.definition.LastEvents.lastEvents;
import static dev.freshet.definition.LookBack.lookBack;
import static dev.freshet.definition.Status.items;
import static dev.freshet.definition.TimeWindow.minutes;
import static dev.freshet.definition.Value.amount;
import static dev.freshet.definition.Value.seconds;
import static dev.freshet.testing.TestGroups.AREA;
import static dev.freshet.testing.TestGroups.CANCELLED;
import static dev.freshet.testing.TestGroups.CREATED;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static dev.freshet.testing.TestGroups.ITEM_DELIVERED;
import static dev.freshet.testing.TestGroups.PICKED;
import static dev.freshet.testing.TestGroups.PLACE;
import static dev.freshet.transformation.Transformations.count;
import static dev.freshet.transformation.Transformations.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a wrong declaration fails when it is built, with the reason. */
class FeatureGroupRejectionTest {

  @Test
  void aGroupWhoseResultsCouldOutgrowARecordOfKinesisIsRejected() {
    TimeWindow[] windows =
        IntStream.rangeClosed(1, 1_001).mapToObj(TimeWindow::seconds).toArray(TimeWindow[]::new);
    FeatureGroupBuilder builder = windows();
    for (TimeWindow window : windows) {
      builder.over(window, events("created"));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("more than 1000 features");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureGroup.named("a".repeat(129)))
        .withMessageContaining("at most 128 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "placeItems",
        "place items",
        "1st",
        "_a",
        "a_",
        "a__b",
        "a:b",
        "a-b",
        "é"
      })
  void namesAreLowerSnakeCase(String name) {
    rejects(() -> FeatureGroup.named(name), "'" + name + "'");
    rejects(() -> new Dimension(name, "placeId"), "'" + name + "'");
    rejects(() -> new Stage(name, ITEM_CREATED), "'" + name + "'");
    rejects(() -> events(name), "'" + name + "'");
    rejects(() -> sum(name), "'" + name + "'");
    rejects(() -> items(name).since(CREATED).until(PICKED), "'" + name + "'");
  }

  @Test
  void windowsHaveBounds() {
    rejects(() -> minutes(-5), "window must be positive: PT-5M");
    rejects(() -> minutes(0), "window must be positive: PT0S");
    rejects(() -> TimeWindow.seconds(7 * 86_400 + 1), "PT168H1S");
    rejects(() -> TimeWindow.days(8), "at most PT168H: PT192H");
    rejects(() -> lookBack(Duration.ofMillis(1_500)), "PT1.5S");
    rejects(() -> lookBack(Duration.ZERO), "look-back must be positive: PT0S");
    rejects(() -> lastEvents(0), "1 to 1000: 0");
    rejects(() -> lastEvents(1_001), "1 to 1000: 1001");
    assertThat(minutes(10_080).label()).isEqualTo("10080m");
    assertThat(lastEvents(1_000).size()).isEqualTo(1_000);
  }

  @Test
  void aMemberThatItsEventsDoNotCarryIsRejected() {
    EventType created = ITEM_CREATED.carrying("placeId", "totalAmount");
    EventType cancelled =
        new EventType("ITEM_CANCELLED", "item-cancelled", "itemId").carrying("placeId");
    rejects(
        () ->
            FeatureGroup.named("g")
                .dimension(AREA)
                .reads(created)
                .over(minutes(5), events("a"))
                .build(),
        "g: ITEM_CREATED carries no areaCode, only placeId, totalAmount");
    rejects(
        () -> place(created).value(amount("total")).over(lastEvents(5), mean()).build(),
        "ITEM_CREATED carries no total, only");
    rejects(
        () ->
            place(created, cancelled)
                .value(amount("totalAmount"))
                .over(lastEvents(5), mean())
                .build(),
        "ITEM_CANCELLED carries no totalAmount");
    rejects(
        () ->
            place(created, cancelled)
                .value(seconds("createdAt", "occurredAt"))
                .over(minutes(5), sum("a"))
                .build(),
        "no event type that it reads carries createdAt and occurredAt");
  }

  @Test
  void aMemberOfOneOfSeveralTypesCanBeSummed() {
    EventType created = ITEM_CREATED.carrying("placeId", "totalAmount");
    EventType cancelled =
        new EventType("ITEM_CANCELLED", "item-cancelled", "itemId").carrying("placeId");
    FeatureGroup sums =
        place(created, cancelled)
            .value(amount("totalAmount"))
            .over(minutes(5), sum("amount"))
            .build();
    assertThat(sums.features()).extracting(Feature::name).containsExactly("amount_sum_5m");
    FeatureGroup ages = place(created).value(amount("itemId")).over(lastEvents(5), mean()).build();
    assertThat(ages.eventTypes()).containsExactly(created);
  }

  @Test
  void partsNeedTheirNames() {
    rejects(() -> new EventType("", "s", "itemId"), "'', 's'");
    rejects(() -> new EventType("T", " ", "itemId"), "'T', ' '");
    rejects(() -> new Dimension("place", ""), "dimension place");
    rejects(() -> items("open").since(CREATED).until(), "status open");
  }

  @Test
  void aGroupIsComplete() {
    rejects(() -> FeatureGroup.named("g").reads(ITEM_CREATED).build(), "g: a dimension is missing");
    rejects(() -> FeatureGroup.named("g").dimension(AREA).build(), "g: it reads no event type");
    rejects(() -> windows().build(), "g: it has no features");
    rejects(() -> lastN().over(lastEvents(5)), "g: over(last 5 events) computes nothing");
    rejects(() -> windows().over(minutes(5)), "g: over((t − 5m, t]) computes nothing");
    rejects(() -> stages().over(lookBack(Duration.ofHours(1))), "computes nothing");
    rejects(() -> windows().over(lastEvents(5), count()).build(), "a last-N window needs a value");
  }

  @Test
  void duplicateNamesAreRejected() {
    rejects(() -> windows().over(minutes(5), events("a"), events("a")).build(), "feature a_5m");
    rejects(
        () -> windows().over(minutes(1), events("a")).over(minutes(1), events("a")).build(),
        "feature a_1m");
    rejects(
        () -> windows().reads(ITEM_CREATED).over(minutes(5), events("a")).build(),
        "event type ITEM_CREATED");
    rejects(() -> lastN().over(lastEvents(5), count(), count()).build(), "feature count");
    rejects(
        () -> lastN().over(lastEvents(5), count()).over(lastEvents(6), mean()),
        "with last 5 events and then last 6 events: keep one");
  }

  @Test
  void contradictionsAreRejected() {
    rejects(() -> windows().over(minutes(5), sum("a")).build(), "need a value");
    rejects(() -> windows().over(minutes(5), average("a")).build(), "need a value");
    rejects(() -> windows().over(minutes(5), entered(CREATED)).build(), "stage created");
    rejects(() -> stages().over(minutes(5), events("a")).build(), "go with reads()");
    rejects(() -> stages().over(minutes(5), entered(CANCELLED)).build(), "stage cancelled");
    rejects(
        () ->
            stages()
                .over(lookBack(Duration.ofHours(1)), items("a").since(CREATED).until(CANCELLED))
                .build(),
        "stage cancelled");
  }

  @Test
  void unusedPartsAreRejected() {
    rejects(
        () -> stages().reads(ITEM_DELIVERED).over(minutes(5), entered(CREATED)).build(),
        "no feature uses the events that it reads");
    rejects(
        () -> lastN().follows(CREATED).over(lastEvents(5), count()).build(),
        "no feature uses the stages that it follows");
    rejects(
        () -> stages().value(amount("totalAmount")).over(minutes(5), entered(CREATED)).build(),
        "a value goes with reads(), not with follows()");
  }

  @Test
  void aSetterThatIsCalledTwiceIsRejected() {
    rejects(
        () -> windows().value(amount("totalAmount")).value(amount("itemCount")),
        "g: value() is called twice, with totalAmount and then itemCount: keep one");
    rejects(() -> windows().dimension(PLACE), "placeId]: keep one");
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
    FeatureGroupBuilder times = place(paid).value(seconds("createdAt", "paidAt"));
    rejects(() -> times.over(minutes(5), average("tip")).build(), "average() of 'tip'");
    assertThat(
            place(paid)
                .value(seconds("createdAt", "paidAt"))
                .over(minutes(5), average("payment"))
                .build()
                .features())
        .extracting(Feature::name)
        .containsExactly("payment_mean_5m");
  }

  @Test
  void partsWithoutEffectAndConstantFeaturesAreRejected() {
    rejects(
        () -> windows().value(amount("totalAmount")).over(minutes(5), events("a")).build(),
        "no feature reads its value, totalAmount");
    rejects(() -> seconds("createdAt", "createdAt"), "from createdAt to itself are always 0");
    rejects(() -> amount(" "), "' '");
    rejects(() -> items("a").since(CREATED).until(PICKED, CREATED), "it starts with, created");
    rejects(
        () ->
            FeatureGroup.named("g")
                .dimension(PLACE)
                .follows(CREATED, new Stage("created", ITEM_DELIVERED))
                .over(minutes(5), entered(CREATED))
                .build(),
        "the stage created is declared twice");
  }

  private static FeatureGroupBuilder place(EventType... types) {
    return FeatureGroup.named("g").dimension(PLACE).reads(types);
  }

  private static void rejects(ThrowingCallable declaration, String mentions) {
    assertThatIllegalArgumentException().isThrownBy(declaration).withMessageContaining(mentions);
  }
}
