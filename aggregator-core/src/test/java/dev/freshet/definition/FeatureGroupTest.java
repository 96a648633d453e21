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
import static dev.freshet.testing.TestGroups.CREATED;
import static dev.freshet.testing.TestGroups.DELIVERED;
import static dev.freshet.testing.TestGroups.PICKED;
import static dev.freshet.testing.TestGroups.PLACE;
import static dev.freshet.transformation.Transformations.count;
import static dev.freshet.transformation.Transformations.percentile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testing.TestGroups;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FeatureGroupTest {

  @Test
  void featuresAreNamedAfterAggregateAndWindow() {
    FeatureGroup group =
        windows()
            .value(amount("totalAmount"))
            .over(minutes(5), events("created"))
            .over(minutes(60), sum("amount"), average("amount"))
            .over(TimeWindow.seconds(90), events("created"))
            .over(TimeWindow.seconds(120), events("created"))
            .over(TimeWindow.hours(24), events("created"))
            .over(TimeWindow.days(7), events("created"))
            .build();
    assertThat(group.features())
        .extracting(Feature::name)
        .containsExactly(
            "created_5m",
            "amount_sum_60m",
            "amount_mean_60m",
            "created_90s",
            "created_120s",
            "created_24h",
            "created_7d");
    assertThat(group.features()).element(0).extracting(Feature::window).isEqualTo("(t − 5m, t]");
    assertThat(group.features()).last().extracting(Feature::window).isEqualTo("(t − 7d, t]");
    assertThat(TimeWindow.hours(24).length()).isEqualTo(Duration.ofDays(1));
    assertThat(group).hasToString("g");
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
  void everyFeatureHasAFormula() {
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
            .over(lookBack(Duration.ofHours(3)), items("open").since(CREATED).until(PICKED))
            .build();
    assertThat(stages.features())
        .extracting(Feature::formula)
        .containsExactly(
            "the number of items whose created time is in the window",
            "the number of items created by t and by then not picked");
  }

  @Test
  void theTypesThatStagesEnterByAreRead() {
    FeatureGroup group = TestGroups.itemStages();
    assertThat(group.eventTypes()).extracting(EventType::name).startsWith("ITEM_CREATED");
    assertThat(group.indexOf("ITEM_DELIVERED")).isEqualTo(2);
    assertThat(group.indexOf("ITEM_ACCEPTED")).isEqualTo(-1);
  }

  @Test
  void theOrderOfTheCallsDoesNotMatter() {
    FeatureGroup one =
        FeatureGroup.named("g")
            .dimension(PLACE)
            .follows(CREATED, DELIVERED)
            .over(minutes(5), entered(CREATED))
            .over(lookBack(Duration.ofHours(3)), items("open").since(CREATED).until(DELIVERED))
            .build();
    FeatureGroup other =
        FeatureGroup.named("g")
            .over(minutes(5), entered(CREATED))
            .over(lookBack(Duration.ofHours(3)), items("open").since(CREATED).until(DELIVERED))
            .follows(CREATED, DELIVERED)
            .dimension(PLACE)
            .build();
    assertThat(other).usingRecursiveComparison().isEqualTo(one);
    FeatureGroup amounts =
        windows().over(minutes(1), sum("amount")).value(amount("totalAmount")).build();
    assertThat(amounts)
        .usingRecursiveComparison()
        .isEqualTo(windows().value(amount("totalAmount")).over(minutes(1), sum("amount")).build());
  }

  @Test
  void theDescriptionIsThatOfTheDeclaration() {
    FeatureGroup said = windows().describedAs(" How busy. ").over(minutes(5), events("a")).build();
    assertThat(said.description()).isEqualTo("How busy.");
    assertThat(windows().over(minutes(5), events("a")).build().description()).isEmpty();
  }
}
