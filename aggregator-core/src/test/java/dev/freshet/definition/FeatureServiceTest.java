package dev.freshet.definition;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.text;
import static dev.freshet.testing.TestGroups.AREA;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static dev.freshet.testing.TestGroups.PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FeatureServiceTest {

  private static final FeatureGroup DEMAND =
      FeatureGroup.named("demand")
          .dimension(AREA)
          .reads(ITEM_CREATED)
          .over(minutes(1), count("created"))
          .over(minutes(5), count("created"))
          .build();

  private static final FeatureGroup NEWEST =
      FeatureGroup.named("newest")
          .dimension(PLACE)
          .reads(ITEM_CREATED)
          .value(text("workerId"))
          .over(last(1), latest().as("worker"))
          .build();

  private static FeatureServiceBuilder service() {
    return FeatureService.named("s");
  }

  @Test
  void featuresKeepTheirOrderAndTheirDefaults() {
    FeatureService service =
        service()
            .describedAs(" Ranks. ")
            .reads(DEMAND, "created_5m")
            .orElse(0)
            .reads(NEWEST, "worker")
            .orElse("nobody")
            .reads(DEMAND, "created_1m")
            .noOlderThan(Duration.ofMinutes(5))
            .build();

    assertThat(service.description()).isEqualTo("Ranks.");
    assertThat(service.features())
        .extracting(ServedFeature::field)
        .containsExactly("demand:created_5m", "newest:worker", "demand:created_1m");
    assertThat(service.features())
        .extracting(ServedFeature::hasDefault)
        .containsExactly(true, true, false);
    assertThat(service.features().get(0).number()).isZero();
    assertThat(service.features().get(1).text()).isEqualTo("nobody");
    assertThat(service.dimensions()).containsExactly("area", "place");
    assertThat(service.featureGroups()).containsExactly("demand", "newest");
    assertThat(service.greatestAge()).contains(Duration.ofMinutes(5));
  }

  @Test
  void mistakesAreRejectedAndNamed() {
    rejects(s -> s, "it has no features: add reads()");
    rejects(s -> s.reads(DEMAND), "reads(demand) names no feature");
    rejects(
        s -> s.reads(DEMAND, "created_9m"),
        "feature group demand has no feature created_9m, only created_1m, created_5m");
    rejects(
        s -> s.reads(DEMAND, "created_1m").reads(NEWEST, "worker").reads(DEMAND, "created_1m"),
        "it reads demand:created_1m twice");
    rejects(
        s -> s.reads(NEWEST, "worker").orElse(0),
        "newest:worker is a text, its default 0.0 a number: write orElse(\"…\"), in a reads() of"
            + " its own");
    rejects(
        s -> s.reads(DEMAND, "created_1m").orElse("none"),
        "demand:created_1m is a number, its default 'none' a text: write orElse(0), in a reads()"
            + " of its own");
    rejects(
        s -> s.reads(DEMAND, "created_1m").orElse(Double.NaN),
        "orElse(NaN) is not a finite number");
    rejects(
        s -> s.reads(DEMAND, "created_1m").orElse(0).orElse(1),
        "demand:created_1m has two defaults: keep one");
    rejects(s -> s.orElse(0), "orElse() must follow the reads() that it is for");
    rejects(s -> s.noOlderThan(Duration.ZERO), "noOlderThan() must be positive: PT0S");
    assertThatThrownBy(() -> FeatureService.named("Store Ranking"))
        .hasMessage("feature service must be lower snake case: 'Store Ranking'");
  }

  private static void rejects(UnaryOperator<FeatureServiceBuilder> declared, String complaint) {
    assertThatThrownBy(() -> declared.apply(service()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature service s: " + complaint);
  }

  @Test
  void aCatalogueFindsItsServicesByName() {
    FeatureService service = service().reads(DEMAND, "created_1m").build();

    assertThat(catalogue(List.of(DEMAND), service).service("s")).isSameAs(service);
    assertThatThrownBy(() -> catalogue(List.of(DEMAND), service).service("t"))
        .hasMessage(
            "the catalogue items has no feature service t, only [s]; './freshet catalog' lists what"
                + " each reads");
  }

  @Test
  void aCatalogueHasEveryNameOnceAndTheGroupsThatAreRead() {
    FeatureService service = service().reads(DEMAND, "created_1m").build();

    assertThatThrownBy(() -> catalogue(List.of(DEMAND), service, service).requireServices())
        .hasMessage("the catalogue items has two feature services s: rename one");
    assertThatThrownBy(() -> catalogue(List.of(NEWEST), service).requireServices())
        .hasMessageStartingWith("the catalogue items has no feature group demand: add it to ");
  }

  private static Catalogue catalogue(List<FeatureGroup> groups, FeatureService... services) {
    return new Catalogue() {
      @Override
      public String name() {
        return "items";
      }

      @Override
      public List<FeatureGroup> groups() {
        return groups;
      }

      @Override
      public List<FeatureService> services() {
        return List.of(services);
      }
    };
  }
}
