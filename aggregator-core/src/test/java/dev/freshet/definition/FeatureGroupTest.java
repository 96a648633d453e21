package dev.freshet.definition;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Declarations.lastN;
import static dev.freshet.definition.Declarations.stages;
import static dev.freshet.definition.Declarations.windows;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.amount;
import static dev.freshet.testing.TestGroups.CREATED;
import static dev.freshet.testing.TestGroups.DELIVERED;
import static dev.freshet.testing.TestGroups.PICKED;
import static dev.freshet.testing.TestGroups.PLACE;
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
            .over(minutes(5), count("created"))
            .over(minutes(60), sum("amount"), mean("amount"))
            .over(Window.seconds(90), count("created"))
            .over(Window.seconds(120), count("created"))
            .over(Window.hours(24), count("created"))
            .over(Window.days(7), count("created"))
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
    assertThat(Window.hours(24).length()).isEqualTo(Duration.ofDays(1));
    assertThat(group).hasToString("g");
  }

  @Test
  void lastNFeaturesAreNamedAfterTheAggregation() {
    FeatureGroup group = lastN().over(last(50), count(), percentile(90)).build();
    assertThat(group.features())
        .containsExactly(
            new Feature("count", "last 50 events", "n, the number of events", false, false),
            new Feature(
                "p90",
                "last 50 events",
                "the value at rank (n − 1) · 90/100 of the sorted x, linear between neighbours",
                false,
                false));
  }

  @Test
  void everyFeatureHasAFormula() {
    FeatureGroup windows =
        windows()
            .value(amount("totalAmount"))
            .over(minutes(5), count("created"), sum("amount"), mean("amount"))
            .build();
    assertThat(windows.features())
        .extracting(Feature::formula)
        .containsExactly(
            "n, the number of events", "Σ x, an exact decimal sum; 0 of none", "Σ x / n");
    FeatureGroup stages =
        stages()
            .over(minutes(5), entered(CREATED))
            .over(lookBack(Duration.ofHours(3)), open("open").since(CREATED).until(PICKED))
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
            .over(minutes(5), entered(CREATED))
            .over(lookBack(Duration.ofHours(3)), open("open").since(CREATED).until(DELIVERED))
            .build();
    FeatureGroup other =
        FeatureGroup.named("g")
            .over(minutes(5), entered(CREATED))
            .over(lookBack(Duration.ofHours(3)), open("open").since(CREATED).until(DELIVERED))
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
    FeatureGroup said = windows().describedAs(" How busy. ").over(minutes(5), count("a")).build();
    assertThat(said.description()).isEqualTo("How busy.");
    assertThat(windows().over(minutes(5), count("a")).build().description()).isEmpty();
  }
}
