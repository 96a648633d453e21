package dev.freshet.definition;

import static dev.freshet.definition.Aggregate.average;
import static dev.freshet.definition.Aggregate.entered;
import static dev.freshet.definition.Aggregate.events;
import static dev.freshet.definition.Aggregate.sum;
import static dev.freshet.definition.LastEvents.lastEvents;
import static dev.freshet.definition.LookBack.lookBack;
import static dev.freshet.definition.Status.orders;
import static dev.freshet.definition.TimeWindow.minutes;
import static dev.freshet.definition.Value.amount;
import static dev.freshet.definition.Value.seconds;
import static dev.freshet.testing.TestGroups.CANCELLED;
import static dev.freshet.testing.TestGroups.CITY;
import static dev.freshet.testing.TestGroups.CREATED;
import static dev.freshet.testing.TestGroups.DELIVERED;
import static dev.freshet.testing.TestGroups.ORDER_CREATED;
import static dev.freshet.testing.TestGroups.ORDER_DELIVERED;
import static dev.freshet.testing.TestGroups.PICKED;
import static dev.freshet.testing.TestGroups.STORE;
import static dev.freshet.transformation.Transformations.count;
import static dev.freshet.transformation.Transformations.mean;
import static dev.freshet.transformation.Transformations.percentile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.testing.TestGroups;
import java.time.Duration;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureGroupTest {

  @Test
  void featuresAreNamedAfterWhatAndWindow() {
    FeatureGroup group =
        windows()
            .value(amount("totalAmount"))
            .over(minutes(5), events("created"))
            .over(minutes(60), sum("amount"), average("amount"))
            .over(TimeWindow.seconds(90), events("created"))
            .over(TimeWindow.seconds(120), events("created"))
            .build();
    assertThat(group.features())
        .extracting(Feature::name)
        .containsExactly(
            "created_5m", "amount_sum_60m", "amount_mean_60m", "created_90s", "created_2m");
    assertThat(group.features().get(0).window()).isEqualTo("(t − 5m, t]");
    assertThat(group).hasToString("g");
  }

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

  @Test
  void lastNFeaturesAreNamedAfterTheTransformation() {
    FeatureGroup group = lastN().over(lastEvents(50), count(), percentile(90)).build();
    assertThat(group.features())
        .containsExactly(
            new Feature("count", "last 50 events", "n, the number of values held"),
            new Feature(
                "p90",
                "last 50 events",
                "the value at rank (n − 1) · 90/100 of the sorted x, linear between neighbours"));
  }

  @Test
  void everyFeatureSaysHowItsValueFollows() {
    FeatureGroup windows =
        windows()
            .value(amount("totalAmount"))
            .over(minutes(5), events("created"), sum("amount"), average("amount"))
            .build();
    assertThat(windows.features())
        .extracting(Feature::formula)
        .containsExactly(
            "the number of events",
            "Σ x of the events that carry one, an exact decimal sum; 0 of none",
            "Σ x / n of the n events that carry one; absent if n = 0");
    FeatureGroup stages =
        stages()
            .over(minutes(5), entered(CREATED))
            .over(lookBack(Duration.ofHours(3)), orders("open").since(CREATED).until(PICKED))
            .build();
    assertThat(stages.features())
        .extracting(Feature::formula)
        .containsExactly(
            "the number of orders whose created time is in the window",
            "the number of orders created by t and by then not picked");
  }

  @Test
  void theTypesThatStagesEnterByAreRead() {
    FeatureGroup group = TestGroups.orderStages();
    assertThat(group.eventTypes()).extracting(EventType::name).startsWith("ORDER_CREATED");
    assertThat(group.indexOf("ORDER_DELIVERED")).isEqualTo(2);
    assertThat(group.indexOf("ORDER_ACCEPTED")).isEqualTo(-1);
  }

  @Test
  void theOrderOfTheCallsDoesNotMatter() {
    FeatureGroup one =
        FeatureGroup.named("g")
            .dimension(STORE)
            .follows(CREATED, DELIVERED)
            .over(minutes(5), entered(CREATED))
            .over(lookBack(Duration.ofHours(3)), orders("open").since(CREATED).until(DELIVERED))
            .build();
    FeatureGroup other =
        FeatureGroup.named("g")
            .over(minutes(5), entered(CREATED))
            .over(lookBack(Duration.ofHours(3)), orders("open").since(CREATED).until(DELIVERED))
            .follows(CREATED, DELIVERED)
            .dimension(STORE)
            .build();
    assertThat(other).usingRecursiveComparison().isEqualTo(one);
    FeatureGroup amounts =
        windows().over(minutes(1), sum("a")).value(amount("totalAmount")).build();
    assertThat(amounts)
        .usingRecursiveComparison()
        .isEqualTo(windows().value(amount("totalAmount")).over(minutes(1), sum("a")).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "storeOrders",
        "store orders",
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
    rejects(() -> new Dimension(name, "storeId"), "'" + name + "'");
    rejects(() -> new Stage(name, ORDER_CREATED), "'" + name + "'");
    rejects(() -> events(name), "'" + name + "'");
    rejects(() -> sum(name), "'" + name + "'");
    rejects(() -> orders(name).since(CREATED).until(PICKED), "'" + name + "'");
  }

  @Test
  void windowsHaveBounds() {
    rejects(() -> new TimeWindow(Duration.ofMinutes(-5)), "window must be positive: PT-5M");
    rejects(() -> minutes(0), "window must be positive: PT0S");
    rejects(() -> new TimeWindow(Duration.ofMillis(1_500)), "PT1.5S");
    rejects(() -> new TimeWindow(Duration.ofDays(7).plusSeconds(1)), "PT168H1S");
    rejects(() -> lookBack(Duration.ZERO), "look-back must be positive: PT0S");
    rejects(() -> lastEvents(0), "1 to 1000: 0");
    rejects(() -> lastEvents(1_001), "1 to 1000: 1001");
    assertThat(new TimeWindow(Duration.ofDays(7)).label()).isEqualTo("10080m");
    assertThat(lastEvents(1_000).size()).isEqualTo(1_000);
  }

  @Test
  void saysWhatItMeansIfTheDeclarationDoes() {
    FeatureGroup said = windows().describedAs(" How busy. ").over(minutes(5), events("a")).build();
    assertThat(said.description()).isEqualTo("How busy.");
    assertThat(windows().over(minutes(5), events("a")).build().description()).isEmpty();
  }

  @Test
  void aMemberThatItsEventsDoNotCarryIsRejected() {
    EventType created = ORDER_CREATED.carrying("storeId", "totalAmount");
    EventType cancelled = new EventType("ORDER_CANCELLED", "order-cancelled").carrying("storeId");
    rejects(
        () ->
            FeatureGroup.named("g")
                .dimension(CITY)
                .reads(created)
                .over(minutes(5), events("a"))
                .build(),
        "g: ORDER_CREATED carries no cityCode, only storeId, totalAmount");
    rejects(
        () -> store(created).value(amount("total")).over(lastEvents(5), mean()).build(),
        "ORDER_CREATED carries no total, only");
    rejects(
        () ->
            store(created, cancelled)
                .value(amount("totalAmount"))
                .over(lastEvents(5), mean())
                .build(),
        "ORDER_CANCELLED carries no totalAmount");
    rejects(
        () ->
            store(created, cancelled)
                .value(seconds("createdAt", "occurredAt"))
                .over(minutes(5), sum("a"))
                .build(),
        "no event type that it reads carries createdAt and occurredAt");
  }

  @Test
  void whatOneOfSeveralTypesCarriesCanBeSummed() {
    EventType created = ORDER_CREATED.carrying("storeId", "totalAmount");
    EventType cancelled = new EventType("ORDER_CANCELLED", "order-cancelled").carrying("storeId");
    FeatureGroup sums =
        store(created, cancelled).value(amount("totalAmount")).over(minutes(5), sum("a")).build();
    assertThat(sums.features()).extracting(Feature::name).containsExactly("a_sum_5m");
    FeatureGroup ages =
        store(created)
            .value(seconds("occurredAt", "occurredAt"))
            .over(lastEvents(5), mean())
            .build();
    assertThat(ages.eventTypes()).containsExactly(created);
  }

  private static FeatureGroupBuilder store(EventType... types) {
    return FeatureGroup.named("g").dimension(STORE).reads(types);
  }

  @Test
  void partsNeedTheirNames() {
    rejects(() -> new EventType("", "s"), "'', 's'");
    rejects(() -> new EventType("T", " "), "'T', ' '");
    rejects(() -> new Dimension("store", ""), "dimension store");
    rejects(() -> orders("open").since(CREATED).until(), "status open");
  }

  @Test
  void aGroupIsComplete() {
    rejects(
        () -> FeatureGroup.named("g").reads(ORDER_CREATED).build(), "g: a dimension is missing");
    rejects(() -> FeatureGroup.named("g").dimension(CITY).build(), "g: it reads nothing");
    rejects(() -> windows().build(), "g: it has no features");
    rejects(() -> lastN().over(lastEvents(5)).build(), "g: it has no features");
    rejects(() -> windows().over(lastEvents(5), count()).build(), "a last-N window needs a value");
  }

  @Test
  void nothingStandsTwice() {
    rejects(() -> windows().over(minutes(5), events("a"), events("a")).build(), "feature a_5m");
    rejects(
        () ->
            windows()
                .over(minutes(1), events("a"))
                .over(TimeWindow.seconds(60), events("a"))
                .build(),
        "feature a_1m");
    rejects(
        () -> windows().reads(ORDER_CREATED).over(minutes(5), events("a")).build(),
        "event type ORDER_CREATED");
    rejects(() -> lastN().over(lastEvents(5), count(), count()).build(), "feature count");
    rejects(() -> lastN().over(lastEvents(5), count()).over(lastEvents(6), mean()), "one last-N");
  }

  @Test
  void whatDoesNotFitTogetherIsRejected() {
    rejects(
        () -> lastN().over(lastEvents(5), count()).over(minutes(5), events("a")).build(),
        "last-N and time windows need a group of each");
    rejects(() -> windows().over(minutes(5), sum("a")).build(), "need a value");
    rejects(() -> windows().over(minutes(5), average("a")).build(), "need a value");
    rejects(() -> windows().over(minutes(5), entered(CREATED)).build(), "stage created");
    rejects(() -> stages().over(minutes(5), events("a")).build(), "go with reads()");
    rejects(() -> stages().over(minutes(5), entered(CANCELLED)).build(), "stage cancelled");
    rejects(
        () ->
            stages()
                .over(lookBack(Duration.ofHours(1)), orders("a").since(CREATED).until(CANCELLED))
                .build(),
        "stage cancelled");
  }

  @Test
  void eventsAndStagesNeedAGroupOfEach() {
    rejects(
        () -> stages().reads(ORDER_DELIVERED).over(minutes(5), entered(CREATED)).build(),
        "reads() or follows(), not both");
    rejects(
        () -> stages().value(amount("totalAmount")).over(minutes(5), entered(CREATED)).build(),
        "a value goes with reads(), not with follows()");
  }

  private static FeatureGroupBuilder windows() {
    return FeatureGroup.named("g").dimension(CITY).reads(ORDER_CREATED);
  }

  private static FeatureGroupBuilder lastN() {
    return windows().value(seconds("createdAt", "deliveredAt"));
  }

  private static FeatureGroupBuilder stages() {
    return FeatureGroup.named("g").dimension(STORE).follows(CREATED, PICKED);
  }

  private static void rejects(ThrowingCallable declaration, String mentions) {
    assertThatIllegalArgumentException().isThrownBy(declaration).withMessageContaining(mentions);
  }
}
