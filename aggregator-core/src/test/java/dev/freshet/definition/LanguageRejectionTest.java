package dev.freshet.definition;

import static dev.freshet.definition.Aggregates.by;
import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.decayedMean;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Aggregates.ewma;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.latestAt;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.slope;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Aggregates.top;
import static dev.freshet.definition.Declarations.windows;
import static dev.freshet.definition.Derived.difference;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Filter.above;
import static dev.freshet.input.Filter.absent;
import static dev.freshet.input.Filter.all;
import static dev.freshet.input.Filter.is;
import static dev.freshet.input.Filter.isTrue;
import static dev.freshet.input.Filter.not;
import static dev.freshet.input.Filter.oneOf;
import static dev.freshet.input.Filter.present;
import static dev.freshet.input.Filter.typeIs;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.input.Input.text;
import static dev.freshet.testing.TestGroups.CREATED;
import static dev.freshet.testing.TestGroups.DELIVERED;
import static dev.freshet.testing.TestGroups.ITEM;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static dev.freshet.testing.TestGroups.ITEM_DELIVERED;
import static dev.freshet.testing.TestGroups.PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Samples;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Input;
import java.time.Duration;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Tests that a mistake in the language of features quotes the bad part and says what to do. */
class LanguageRejectionTest {

  private static final Input X = decimal("x");

  @Test
  void sequencesGoOverLastEvents() {
    rejects(
        () -> windows().value(X).over(minutes(5), slope()).build(),
        "feature group g: slope looks at values one after another, so it goes over last(n), not"
            + " over (t − 5m, t]");
    rejects(() -> windows().value(X).over(hours(1), ewma()).build(), "ewma looks at values");
    assertThat(windows().value(X).over(last(5).within(minutes(5)), slope()).build().features())
        .extracting(Feature::name)
        .containsExactly("slope_5m");
  }

  @Test
  void historyOffersWhatMergedEventsTell() {
    Duration day = Duration.ofDays(1);
    rejects(
        () -> history().over(days(30).every(day), top(3).of(text("kind"))).build(),
        "feature group g: top_3 is not offered over (⌊t − 30d⌋, t], ⌊ ⌋ to a multiple of 1d, where"
            + " older events are held merged, not one by one: use a window without every(), or"
            + " last(n)");
    rejects(
        () -> history().value(X).over(lifetime(), slope()).build(),
        "slope looks at values one after another, so it goes over last(n), not over (−∞, t]");
    rejects(
        () -> history().value(X).over(lifetime(), by(new OfOnesOwn())).build(),
        "g: own is not offered over (−∞, t]");
    assertThat(
            history()
                .value(X)
                .over(days(30).every(day).delayedBy(days(7)), percentile(90), mean())
                .over(lifetime(), distinct())
                .build()
                .features())
        .extracting(each -> each.name() + ": " + each.window() + ": " + each.formula())
        .containsExactly(
            "p90_30d_after_7d: (⌊t − 7d − 30d⌋, t − 7d], ⌊ ⌋ to a multiple of 1d: the value at rank"
                + " (n − 1) · 90/100 of the sorted x, linear between neighbours; sketch, 1 %",
            "mean_30d_after_7d: (⌊t − 7d − 30d⌋, t − 7d], ⌊ ⌋ to a multiple of 1d: Σ x / n",
            "distinct_lifetime: (−∞, t]: the number of different x; sketch, 2 %");
  }

  private static FeatureGroupBuilder history() {
    return windows().lateness(Duration.ofHours(1));
  }

  private record OfOnesOwn() implements Aggregation {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public String formula() {
      return "x";
    }

    @Override
    public double apply(Samples samples) {
      return 1;
    }
  }

  @Test
  void hopsAreSecondsAndNoLongerThanTheirWindow() {
    rejects(() -> days(1).every(Duration.ZERO), "the hop of every() must be positive: PT0S");
    rejects(() -> days(1).every(null), "the hop of every() must be a duration: null");
    rejects(
        () -> days(90).every(Duration.ofSeconds(1)),
        "the window, PT2160H, must hold at most 100,000 hops of every(): PT1S");
    rejects(
        () -> days(1).every(Duration.ofMillis(1_500)), "the hop of every() must be whole seconds");
    rejects(
        () -> days(1).every(Duration.ofHours(25)),
        "the hop of every() must be at most the window, PT24H: PT25H");
    rejects(
        () -> lifetime().delayedBy(days(1)).delayedBy(days(2)),
        "delayedBy() is called twice, with 1d and then 2d: keep one");
    rejects(() -> lifetime().delayedBy(days(1).delayedBy(days(2))), "a delay has no delay itself");
  }

  @Test
  void latenessIsForHistoryOnly() {
    rejects(
        () -> windows().over(lifetime(), count()).build(),
        "g: windows with every() and lifetime() need lateness(): how late an event may arrive to"
            + " count");
    rejects(
        () -> history().over(hours(1), count()).build(),
        "g: lateness() is for windows with every() and lifetime(), and it has none: leave it out");
    rejects(() -> history().lateness(Duration.ofHours(2)), "g: lateness() is called twice");
    rejects(() -> windows().lateness(Duration.ZERO), "lateness must be positive: PT0S");
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
  void namesThatCollideAreRejected() {
    rejects(
        () -> windows().value(X).over(last(5), mean()).over(last(6), mean()).build(),
        "g: the feature mean is declared twice");
    rejects(
        () -> windows().over(hours(1), count("a"), count().as("a")).build(),
        "g: the feature a_1h is declared twice");
    rejects(
        () -> windows().over(hours(1), count("a")).derive(ratio("a_1h", "a_1h", "a_1h")).build(),
        "g: the feature a_1h is declared twice");
    rejects(
        () -> windows().over(hours(1), latestAt("paid")).over(last(1), latestAt("paid_1h")).build(),
        "g: the feature paid_1h_at is declared twice");
  }

  @Test
  void derivedFeaturesUseNumbersThatWereDeclaredBefore() {
    rejects(
        () -> windows().over(hours(1), count("a")).derive(ratio("r", "a_1h", "b_1h")).build(),
        "g: r is computed from b_1h, which is no number declared before it; there are [a_1h]");
    rejects(
        () ->
            windows()
                .over(last(1), latest().of(text("kind")).as("kind"))
                .derive(difference("r", "kind", "kind"))
                .build(),
        "r is computed from kind, which is no number");
    rejects(
        () -> windows().derive(ratio("r", "a_1h", "a_1h")).over(hours(1), count("a")).build(),
        "r is computed from a_1h");
    rejects(() -> Derived.derived("r", "1", of -> 1), "derived feature r needs the features");
  }

  @Test
  void membersThatNoEventCarriesAreRejected() {
    EventType paid = ITEM_CREATED.carrying("placeId", "x");
    FeatureGroupBuilder places = FeatureGroup.named("g").dimension(PLACE).reads(paid);
    rejects(
        () -> places.over(hours(1), sum().of(decimal("y"))).build(),
        "g: no event type that it reads carries y");
    rejects(
        () -> place(paid).over(hours(1), count().where(is("kind", "a"))).build(),
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
        () ->
            FeatureGroup.named("g")
                .dimension(PLACE)
                .over(hours(1), entered(visit.stage("begun", paid)))
                .build(),
        "g: ITEM_CREATED carries no visitId");
    Status open = open("open").since(ITEM.stage("begun", paid)).until(DELIVERED);
    rejects(
        () ->
            FeatureGroup.named("g")
                .dimension(PLACE)
                .over(lookBack(Duration.ofHours(1)), open.sum("y_open", decimal("y")))
                .build(),
        "g: ITEM_CREATED carries no y");
  }

  /** Such a filter would pass all events, or none. */
  @Test
  void filtersWithoutEffectAreRejected() {
    EventType paid = ITEM_CREATED.carrying("placeId", "x");
    rejects(
        () -> place(paid).over(hours(1), count().where(absent("y"))).build(),
        "g: no event type that it reads carries y");
    rejects(
        () -> place(paid).over(hours(1), count().where(all(present("x"), present("y")))).build(),
        "g: no event type that it reads carries y");
    rejects(
        () -> place(paid).over(hours(1), count().where(not(typeIs(ITEM_DELIVERED)))).build(),
        "g: typeIs() names ITEM_DELIVERED, which it does not read; add it to reads()");
    rejects(
        () -> place(paid).over(last(9), mean().of(Input.typeIs(ITEM_DELIVERED))).build(),
        "g: typeIs() names ITEM_DELIVERED");
  }

  @Test
  void lifecyclesHaveConsistentStages() {
    rejects(
        () ->
            FeatureGroup.named("g")
                .dimension(PLACE)
                .over(hours(1), entered(CREATED), entered(ITEM.stage("begun", ITEM_CREATED)))
                .build(),
        "g: ITEM_CREATED enters two stages of lifecycle item, created and begun: keep one");
    rejects(
        () ->
            FeatureGroup.named("g")
                .dimension(PLACE)
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

  private static FeatureGroupBuilder place(EventType... types) {
    return FeatureGroup.named("g").dimension(PLACE).reads(types);
  }

  private static void rejects(ThrowingCallable declaration, String mentions) {
    assertThatIllegalArgumentException().isThrownBy(declaration).withMessageContaining(mentions);
  }
}
