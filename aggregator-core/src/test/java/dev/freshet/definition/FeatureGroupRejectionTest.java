package dev.freshet.definition;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Declarations.lastN;
import static dev.freshet.definition.Declarations.stages;
import static dev.freshet.definition.Declarations.windows;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Filter.is;
import static dev.freshet.input.Input.amount;
import static dev.freshet.input.Input.seconds;
import static dev.freshet.testing.TestGroups.AREA;
import static dev.freshet.testing.TestGroups.CREATED;
import static dev.freshet.testing.TestGroups.ITEM;
import static dev.freshet.testing.TestGroups.ITEM_CANCELLED;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static dev.freshet.testing.TestGroups.ITEM_DELIVERED;
import static dev.freshet.testing.TestGroups.PICKED;
import static dev.freshet.testing.TestGroups.PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.format.EventFormat;
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
        IntStream.rangeClosed(1, 1_001).mapToObj(Window::seconds).toArray(TimeWindow[]::new);
    FeatureGroupBuilder builder = windows();
    for (TimeWindow window : windows) {
      builder.over(window, count("created"));
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
    rejects(() -> Entity.named(name).by("placeId"), "'" + name + "'");
    rejects(() -> Entity.global(name), "'" + name + "'");
    rejects(() -> Lifecycle.named(name).by("itemId"), "'" + name + "'");
    rejects(() -> ITEM.stage(name, ITEM_CREATED), "'" + name + "'");
    rejects(() -> count(name), "'" + name + "'");
    rejects(() -> sum(name), "'" + name + "'");
    rejects(() -> count().as(name), "'" + name + "'");
    rejects(() -> ratio(name, "a", "b"), "'" + name + "'");
    rejects(() -> open(name).since(CREATED).until(PICKED), "'" + name + "'");
  }

  @Test
  void windowsHaveBounds() {
    rejects(() -> minutes(-5), "window must be positive: PT-5M");
    rejects(() -> minutes(0), "window must be positive: PT0S");
    rejects(() -> Window.seconds(366 * 86_400 + 1), "at most PT8784H: 31622401 × PT1S");
    rejects(() -> Window.days(367), "at most PT8784H: 367 × PT24H");
    rejects(() -> Window.hours(Long.MAX_VALUE), "at most PT8784H: 9223372036854775807 × PT1H");
    rejects(() -> Window.days(Long.MIN_VALUE), "window must be positive: PT-");
    rejects(() -> lookBack(Duration.ofMillis(1_500)), "PT1.5S");
    rejects(() -> lookBack(Duration.ZERO), "look-back must be positive: PT0S");
    rejects(() -> last(0), "1 to 1000: 0");
    rejects(() -> last(1_001), "1 to 1000: 1001");
    assertThat(minutes(10_080).ending()).isEqualTo("_10080m");
    assertThat(last(1_000).size()).isEqualTo(1_000);
  }

  @Test
  void aMemberThatItsEventsDoNotCarryIsRejected() {
    EventType created = ITEM_CREATED.carrying("placeId", "totalAmount");
    EventType cancelled =
        new EventType("ITEM_CANCELLED", "item-cancelled", ITEM_CREATED.format())
            .carrying("placeId");
    rejects(
        () ->
            FeatureGroup.named("g")
                .dimension(AREA)
                .reads(created)
                .over(minutes(5), count("a"))
                .build(),
        "g: ITEM_CREATED carries no areaCode, only placeId, totalAmount");
    rejects(
        () -> place(created).value(amount("total")).over(last(5), mean()).build(),
        "ITEM_CREATED carries no total, only");
    rejects(
        () -> place(created, cancelled).value(amount("totalAmount")).over(last(5), mean()).build(),
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
        new EventType("ITEM_CANCELLED", "item-cancelled", ITEM_CREATED.format())
            .carrying("placeId");
    FeatureGroup sums =
        place(created, cancelled)
            .value(amount("totalAmount"))
            .over(minutes(5), sum("amount"))
            .build();
    assertThat(sums.features()).extracting(Feature::name).containsExactly("amount_sum_5m");
    FeatureGroup ages = place(created).value(amount("itemId")).over(last(5), mean()).build();
    assertThat(ages.eventTypes()).containsExactly(created);
  }

  @Test
  void partsNeedTheirNames() {
    EventFormat format = EventFormat.reference();
    rejects(() -> new EventType("", "s", format), "'', 's'");
    rejects(() -> new EventType("T", " ", format), "'T', ' '");
    rejects(() -> Entity.named("place").by(""), "''");
    rejects(() -> Entity.named("place").by(), "entity place needs the member of its id");
    rejects(() -> open("open").since(CREATED).until(), "status open");
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
  void duplicateNamesAreRejected() {
    rejects(() -> windows().over(minutes(5), count("a"), count("a")).build(), "feature a_5m");
    rejects(
        () -> windows().over(minutes(1), count("a")).over(minutes(1), count("a")).build(),
        "feature a_1m");
    rejects(
        () -> windows().reads(ITEM_CREATED).over(minutes(5), count("a")).build(),
        "event type ITEM_CREATED");
    rejects(() -> lastN().over(last(5), count(), count()).build(), "feature count");
    rejects(() -> lastN().over(last(5), mean()).over(last(6), mean()).build(), "feature mean");
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
    FeatureGroupBuilder times = place(paid).value(seconds("createdAt", "paidAt"));
    rejects(() -> times.over(minutes(5), mean("tip")).build(), "mean() of 'tip'");
    assertThat(
            place(paid)
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
            FeatureGroup.named("g")
                .dimension(PLACE)
                .over(minutes(5), entered(CREATED))
                .over(minutes(6), entered(ITEM.stage("created", ITEM_DELIVERED)))
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
