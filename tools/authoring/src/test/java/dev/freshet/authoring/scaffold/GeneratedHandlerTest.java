package dev.freshet.authoring.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A generated class is the one that a person of this project writes, to the character. */
class GeneratedHandlerTest {

  private static final Vocabulary KNOWN = Vocabulary.known();

  private static Stream<Requests> handWritten() {
    Requests picked = Requests.lastEvents();
    Requests delivered = picked.reads("ORDER_DELIVERED").last(50);
    return Stream.of(
        delivered
            .name("courier_accept_time")
            .description(
                "How long a courier takes to accept an order; feeds assignment and arrival models.")
            .dimension("courier")
            .value("courierRequestedAt:courierAcceptedAt")
            .features("count", "mean", "stddev", "p90"),
        delivered
            .name("customer_waiting_time")
            .description(
                "How long a customer lets a courier wait at the door; feeds arrival and routing"
                    + " models.")
            .dimension("customer")
            .value("arrivedAt:deliveredAt")
            .last(20)
            .features("count", "mean", "p90"),
        picked
            .name("store_preparation_time")
            .description(
                "How long a store takes to prepare an order, and whether that drifts or swings;"
                    + " feeds dispatch models.")
            .value("acceptedAt:pickedAt")
            .last(50)
            .features(
                "count",
                "mean",
                "variance",
                "stddev",
                "min",
                "max",
                "p50",
                "p90",
                "rolling_mean_5",
                "rolling_mean_10",
                "ewma",
                "slope",
                "dominant_frequency",
                "spectral_entropy"));
  }

  @ParameterizedTest
  @MethodSource("handWritten")
  void isTheHandWrittenOne(Requests requests) throws IOException {
    Blueprint blueprint = Blueprint.of(requests.request(), KNOWN);
    Path file =
        ProjectCopy.ROOT.resolve(ProjectCopy.SOURCES).resolve(blueprint.className() + ".java");

    assertThat(GeneratedHandler.of(blueprint)).isEqualTo(Files.readString(file));
  }

  @Test
  void declaresTimeWindows() {
    String source =
        GeneratedHandler.of(
            Blueprint.of(
                Requests.lastEvents()
                    .name("city_takings")
                    .dimension("city")
                    .reads("ORDER_CREATED", "ORDER_CANCELLED")
                    .value("totalAmount")
                    .windows("90s", "5m", "1h", "7d")
                    .features("orders", "amount_sum", "amount_mean")
                    .description("What \"it\" takes\\.")
                    .request(),
                KNOWN));

    assertThat(source)
        .contains(
            """
            import static dev.freshet.definition.Window.days;
            import static dev.freshet.definition.Window.hours;
            import static dev.freshet.definition.Window.minutes;
            import static dev.freshet.definition.Window.seconds;
            import static dev.freshet.input.Input.amount;
            import static dev.freshet.lambdas.Orders.CITY;
            """,
            """
                      .describedAs("What \\"it\\" takes\\\\.")
                      .dimension(CITY)
                      .reads(ORDER_CREATED, ORDER_CANCELLED)
                      .value(amount("totalAmount"))
                      .over(seconds(90), count("orders"), sum("amount"), mean("amount"))
                      .over(minutes(5), count("orders"), sum("amount"), mean("amount"))
                      .over(hours(1), count("orders"), sum("amount"), mean("amount"))
                      .over(days(7), count("orders"), sum("amount"), mean("amount"))
                      .build();
            """);
  }

  @Test
  void noLineIsWiderThanTheBuildAllowsHoweverLongTheName() {
    for (int length = 1; length <= 40; length++) {
      for (Requests each : List.of(Requests.lastEvents(), Requests.newWords())) {
        Blueprint blueprint = Blueprint.of(each.name("a".repeat(length)).request(), KNOWN);
        assertThat((GeneratedHandler.of(blueprint) + GeneratedTest.of(blueprint)).lines())
            .allMatch(line -> line.length() <= 100);
      }
    }
  }

  @Test
  void aTestNamesAWindowInItsLargestUnit() {
    Map.of("90s", "ofSeconds(90)", "5m", "ofMinutes(5)", "120m", "ofHours(2)", "48h", "ofDays(2)")
        .forEach(
            (window, duration) -> {
              Requests request = Requests.newWords().windows(window);
              assertThat(GeneratedTest.of(Blueprint.of(request.request(), KNOWN)))
                  .contains("driver.expectFor(Duration." + duration + ", ");
            });
  }

  @Test
  void everyAggregationThatIsOfferedCanBeNamed() {
    List<String> names = new ArrayList<>(List.of("ewma_0_5", "paid", "paid_p90", "amount_sum"));
    AggregateCalls.names().forEach(each -> names.add(each.replace("K", "7")));

    assertThat(names).contains("count", "p7", "rolling_mean_7", "spectral_entropy", "top_7");
    for (String name : names) {
      assertThat(AggregateCalls.named(name).made().stem()).isEqualTo(name);
    }
  }
}
