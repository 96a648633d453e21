package dev.freshet.definition;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.decayedMean;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Aggregates.ewma;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Aggregates.top;
import static dev.freshet.definition.Declarations.rejects;
import static dev.freshet.definition.Declarations.stages;
import static dev.freshet.definition.Declarations.windows;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Filter.above;
import static dev.freshet.input.Filter.absent;
import static dev.freshet.input.Filter.all;
import static dev.freshet.input.Filter.is;
import static dev.freshet.input.Filter.not;
import static dev.freshet.input.Filter.oneOf;
import static dev.freshet.input.Filter.present;
import static dev.freshet.input.Filter.typeIs;
import static dev.freshet.input.Input.amount;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.input.Input.seconds;
import static dev.freshet.input.Input.text;
import static dev.freshet.testing.TestGroups.AREA;
import static dev.freshet.testing.TestGroups.DELIVERED;
import static dev.freshet.testing.TestGroups.ITEM;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static dev.freshet.testing.TestGroups.ITEM_DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Input;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that a member, an input or a filter that does not fit is quoted, with what to do. */
class InputRejectionTest {

  private static final Input X = decimal("x");

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
        () -> stages().reads(created).value(amount("total")).over(last(5), mean()).build(),
        "ITEM_CREATED carries no total, only");
    rejects(
        () ->
            stages()
                .reads(created, cancelled)
                .value(amount("totalAmount"))
                .over(last(5), mean())
                .build(),
        "ITEM_CANCELLED carries no totalAmount");
    rejects(
        () ->
            stages()
                .reads(created, cancelled)
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
        stages()
            .reads(created, cancelled)
            .value(amount("totalAmount"))
            .over(minutes(5), sum("amount"))
            .build();
    assertThat(sums.features()).extracting(Feature::name).containsExactly("amount_sum_5m");
    FeatureGroup ages =
        stages().reads(created).value(amount("itemId")).over(last(5), mean()).build();
    assertThat(ages.eventTypes()).containsExactly(created);
  }

  @Test
  void membersThatNoEventCarriesAreRejected() {
    EventType paid = ITEM_CREATED.carrying("placeId", "x");
    FeatureGroupBuilder places = stages().reads(paid);
    rejects(
        () -> places.over(hours(1), sum().of(decimal("y"))).build(),
        "g: no event type that it reads carries y");
    rejects(
        () -> stages().reads(paid).over(hours(1), count().where(is("kind", "a"))).build(),
        "g: no event type that it reads carries kind");
    rejects(
        () ->
            FeatureGroup.named("g")
                .dimension(Entity.named("pair").by("placeId", "cardId"))
                .reads(paid)
                .over(hours(1), count())
                .build(),
        "g: ITEM_CREATED carries no cardId, only placeId, x; correct the member");
    Lifecycle visit = Lifecycle.named("visit").by("visitId");
    rejects(
        () -> stages().over(hours(1), entered(visit.stage("begun", paid))).build(),
        "g: ITEM_CREATED carries no visitId");
    Status open = open("open").since(ITEM.stage("begun", paid)).until(DELIVERED);
    rejects(
        () ->
            stages().over(lookBack(Duration.ofHours(1)), open.sum("y_open", decimal("y"))).build(),
        "g: ITEM_CREATED carries no y");
  }

  /** Such a filter would pass all events, or none. */
  @Test
  void filtersWithoutEffectAreRejected() {
    EventType paid = ITEM_CREATED.carrying("placeId", "x");
    rejects(
        () -> stages().reads(paid).over(hours(1), count().where(absent("y"))).build(),
        "g: no event type that it reads carries y");
    rejects(
        () ->
            stages()
                .reads(paid)
                .over(hours(1), count().where(all(present("x"), present("y"))))
                .build(),
        "g: no event type that it reads carries y");
    rejects(
        () ->
            stages().reads(paid).over(hours(1), count().where(not(typeIs(ITEM_DELIVERED)))).build(),
        "g: typeIs() names ITEM_DELIVERED, which it does not read; add it to reads()");
    rejects(
        () -> stages().reads(paid).over(last(9), mean().of(Input.typeIs(ITEM_DELIVERED))).build(),
        "g: typeIs() names ITEM_DELIVERED");
  }

  @Test
  void aggregationsTakeInputsOfTheirKind() {
    rejects(() -> sum().of(text("kind")), "sum takes a number, not kind");
    rejects(() -> top(3).of(X), "top_3 takes a text, not x");
    rejects(() -> windows().value(text("kind")).over(last(5), mean()).build(), "mean takes a");
    rejects(() -> windows().value(X).over(last(5), top(3)).build(), "top_3 takes a text, not x");
    rejects(
        () -> windows().over(minutes(5), distinct()).build(),
        "g: distinct_5m needs an input: call of(...) on it, or value(...) on the group");
    rejects(() -> above(text("kind"), 3), "a filter compares a number with 3.0, not the text kind");
  }

  @Test
  void numbersOfAggregationsHaveBounds() {
    rejects(() -> top(0), "top must name 1 to 100 texts: 0");
    rejects(() -> top(101), "top must name 1 to 100 texts: 101");
    rejects(() -> ewma(1), "ewma needs an α between 0 and 1: 1.0");
    rejects(() -> ewma(Double.NaN), "NaN");
    rejects(() -> decayedMean(Duration.ZERO), "the half-life must be positive: PT0S");
    rejects(() -> decimal("x").scale(10), "the scale of decimal(\"x\") must be 0 to 9: 10");
    rejects(() -> oneOf("kind"), "a filter of kind needs a text");
    rejects(
        () -> {
          FeatureGroupBuilder many = windows();
          IntStream.range(0, 65)
              .forEach(i -> many.over(hours(1), count("f" + i).where(above(X, i))));
          many.build();
        },
        "a feature group has at most 64 different filters: 65");
  }

  @Test
  void aFormatSaysWhenAnEventOccurred() {
    rejects(
        () -> new EventType("paid", "payments", EventFormat.json().id("id").type("type")),
        "event type paid: its format does not say when an event occurred");
    EventFormat format =
        EventFormat.json().id("id").type("t").occurredAt("at", TimeFormat.EPOCH_SECONDS);
    assertThat(new EventType("paid", "payments", format).carries("at")).isTrue();
  }
}
