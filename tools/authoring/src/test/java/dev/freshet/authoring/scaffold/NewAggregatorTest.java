package dev.freshet.authoring.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.definition.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written where, and that an error writes nothing. */
class NewAggregatorTest {

  @TempDir private Path project;

  private Map<String, String> before;

  @BeforeEach
  void copyProject() throws IOException {
    before = ProjectCopy.contents(ProjectCopy.in(project));
  }

  @Test
  void writesClassTestEntryAndWhatIsMadeOfThem() throws IOException {
    assertThat(new NewAggregator(project).create(Requests.lastEvents().request()).files())
        .containsExactly(
            ProjectCopy.SOURCES.resolve("ProbeAcceptanceTimeHandler.java"),
            ProjectCopy.TESTS.resolve("ProbeAcceptanceTimeHandlerTest.java"),
            ProjectCopy.SOURCES.resolve("OrdersCatalogue.java"),
            Path.of("serverless.yml"),
            Path.of("docs/feature-catalogue.md"));

    assertThat(read("serverless.yml"))
        .isEqualTo(
            before
                .get("serverless.yml")
                .replace(
                    "  feature-store-subscriber:\n    handler",
                    """
                      probe-acceptance-time:
                        handler: dev.freshet.lambdas.ProbeAcceptanceTimeHandler
                        reads: [order-picked]
                      feature-store-subscriber:
                        handler\
                    """));
    String catalogue = ProjectCopy.SOURCES.resolve("OrdersCatalogue.java").toString();
    assertThat(read(catalogue))
        .isEqualTo(
            before
                .get(catalogue)
                .replace(
                    "Handler.FEATURES);",
                    """
                    Handler.FEATURES,
                            ProbeAcceptanceTimeHandler.FEATURES);\
                    """));
    assertThat(read("docs/feature-catalogue.md"))
        .contains("## probe_acceptance_time", "## city_demand");
  }

  @Test
  void declaresNewWordsAndTheirStream() throws IOException {
    new NewAggregator(project).create(Requests.newWords().request());

    String orders = ProjectCopy.SOURCES.resolve("Orders.java").toString();
    assertThat(read(orders))
        .isEqualTo(
            before
                .get(orders)
                .replace(
                    "\n  static final Entity COURIER =",
                    "  static final EventType PROBE_RATED =\n"
                        + "      new EventType(\"PROBE_RATED\", \"probe-rated\", FORMAT)"
                        + ".carrying(\"probeId\", \"stars\");\n"
                        + "\n  static final Entity COURIER =")
                .replace(
                    "\n  private static final Lifecycle ORDER =",
                    "  static final Entity PROBE = Entity.named(\"probe\").by(\"probeId\");\n"
                        + "\n  private static final Lifecycle ORDER ="));
    assertThat(read("serverless.yml"))
        .contains(
            """
                  probe-rated: ${param:probe-rated-arn, null}
              # The streams that functions write to.
            """,
            """
              probe-ratings:
                handler: dev.freshet.lambdas.ProbeRatingsHandler
                reads: [probe-rated]
                time-windows: true
              feature-store-subscriber:
            """);
  }

  @Test
  void findsItsPlacesWhateverTheLayoutOfTheFile() throws IOException {
    String reformatted =
        before
            .get("serverless.yml")
            .replaceAll("(?m)^  ", "    ")
            .replace("\nfunctions:", "\n\"functions\":")
            .replace("    city-demand:", "    'city-demand':")
            .replace(
                "    feature-store-subscriber:", "\n    # Writes.\n    feature-store-subscriber:");
    Files.writeString(project.resolve("serverless.yml"), reformatted);

    new NewAggregator(project).create(Requests.newWords().request());

    assertThat(read("serverless.yml"))
        .contains(
            """
                    probe-rated: ${param:probe-rated-arn, null}
                # The streams that functions write to.
            """,
            """
                probe-ratings:
                  handler: dev.freshet.lambdas.ProbeRatingsHandler
                  reads: [probe-rated]
                  time-windows: true

                # Writes.
                feature-store-subscriber:
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "storeOrders    | feature group must be lower snake case: 'storeOrders'",
        "store_orders   | the feature group store_orders is there already",
        "recalculation  | serverless.yml has a function recalculation already",
        "aggregator     | the class AggregatorHandler is that of all handlers",
        "a_name_that_no_function_on_aws_can_have_at_all | at most 40 characters",
      })
  void namesThatAreWrongOrTaken(String name, String complaint) throws IOException {
    refuses(Requests.lastEvents().name(name), complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shop         | there is no dimension shop, only courier, customer, store, city",
        "store:shopId | the dimension store is known by storeId, not by shopId",
        "Table:id     | entity must be lower snake case",
        "table:       | a member of an event has a name",
        "created:id   | created is taken",
        "probe:probeId | ORDER_PICKED carries no probeId, only storeId, courierId",
        "customer     | ORDER_PICKED carries no customerId",
      })
  void dimensionsThatDoNotFit(String dimension, String complaint) throws IOException {
    refuses(Requests.lastEvents().dimension(dimension), complaint);
  }

  @Test
  void eventTypesThatDoNotFit() throws IOException {
    Requests request = Requests.lastEvents();
    refuses(request.reads("ORDER_EATEN"), "there is no event type ORDER_EATEN, only ORDER_CREATED");
    refuses(request.reads(new String[0]), "it reads no event type");
    refuses(
        request.reads("ORDER_PICKED", "ORDER_PICKED"),
        "the event type ORDER_PICKED is declared twice");
    refuses(request.newTypes("Rated=stars"), "an upper-case name");
    refuses(request.newTypes("RATED"), "say which members RATED carries");
    refuses(request.newTypes("RATED=a b"), "a member of an event has a name");
    refuses(request.newTypes("ORDER_PICKED=stars"), "ORDER_PICKED is taken");
  }

  @Test
  void valuesThatDoNotFit() throws IOException {
    Requests request = Requests.lastEvents();
    refuses(request.value(""), "mean needs an input");
    refuses(request.value("a:b:c"), "a value is FROM:TO");
    refuses(request.value("createdAt:"), "a value is FROM:TO");
    refuses(request.value("createdAt:eatenAt"), "ORDER_PICKED carries no eatenAt");
    refuses(request.value("totalAmount"), "ORDER_PICKED carries no totalAmount");
  }

  @Test
  void windowsThatDoNotFit() throws IOException {
    Requests request = Requests.lastEvents();
    refuses(request.last(0), "name a window: --last N, --windows 5m,30m, or both");
    refuses(request.last(1_001), "last events must be 1 to 1000: 1001");
    refuses(request.last(-1), "last events must be 1 to 1000: -1");
    Requests windows = request.features("orders");
    refuses(windows.windows("5"), "a window is 90s, 5m, 24h or 7d, not '5'");
    refuses(windows.windows("0m"), "window must be positive");
    refuses(windows.windows("367d"), "at most PT8784H");
    refuses(windows.windows("1m", "1m"), "the feature orders_1m is declared twice");
  }

  @Test
  void featuresThatDoNotFit() throws IOException {
    Requests request = Requests.lastEvents();
    refuses(request.features(new String[0]), "name what to compute: --features");
    refuses(request.features("median"), "there is no feature median, only count");
    refuses(request.features("p101"), "101");
    refuses(request.features("mean", "mean"), "the feature mean is declared twice");
    refuses(request.windows("5m").value("").features("x_sum"), "needs an input");
    refuses(request.windows("5m").features("x y"), "lower snake case: 'x y'");
    refuses(request.description("two\nlines"), "one line");
  }

  @Test
  void namesThatPromiseWhatThereIsNot() throws IOException {
    Requests counts =
        Requests.lastEvents().reads("ORDER_CREATED").value("totalAmount").windows("24h");
    refuses(
        counts.features("orders", "distinct_merchants", "declined_ratio"),
        "there is no feature distinct_merchants, declined_ratio, only count, distinct,");
    for (String name :
        List.of(
            "amount",
            "total_amount",
            "merchants_unique",
            "avg_amount",
            "waiting_time",
            "orders_1h",
            "distinct_stores_sum")) {
      refuses(counts.features(name), "there is no feature " + name + ",");
      refuses(counts.value("").features(name), "there is no feature " + name + ",");
    }
    refuses(counts.features("ewma"), "so it goes over last(n)");
    refuses(counts.features("top_3"), "takes a text");
  }

  @Test
  void declaresEntitiesInputsAndFiltersOfAnyKind() throws IOException {
    Requests request =
        Requests.newWords()
            .dimension("card_merchant:card.id,merchant.id")
            .newTypes("CARD_USED=card.id,merchant.id,merchant.country,amount,approved")
            .value("text(merchant.country)")
            .filter("approved=true")
            .last(20)
            .features("distinct", "latest", "payments", "payment_at");
    NewAggregator.Written written =
        new NewAggregator(project).create(request.with("windows", "1h").request());

    assertThat(written.group().features())
        .extracting(Feature::name)
        .containsExactly(
            "distinct",
            "latest",
            "payments",
            "payment_at",
            "distinct_1h",
            "latest_1h",
            "payments_1h",
            "payment_1h_at");
    assertThat(read(ProjectCopy.SOURCES.resolve("Orders.java").toString()))
        .contains(
            "Entity.named(\"card_merchant\").by(\"card.id\", \"merchant.id\");",
            "new EventType(\"CARD_USED\", \"card-used\", FORMAT)");
    assertThat(read(ProjectCopy.SOURCES.resolve("ProbeRatingsHandler.java").toString()))
        .contains(
            ".value(text(\"merchant.country\"))",
            ".where(isTrue(\"approved\"))",
            ".over(last(20), distinct(), latest(), count(\"payments\"), latestAt(\"payment\"))");
    assertThat(read(ProjectCopy.TESTS.resolve("ProbeRatingsHandlerTest.java").toString()))
        .contains(
            "EntityDriver.of(ProbeRatingsHandler.FEATURES, \"a|a\")",
            ".with(\"approved\", true)",
            "driver.expect(\"latest\", \"text 70\");");
  }

  @Test
  void aGlobalEntityHasNoMember() throws IOException {
    new NewAggregator(project).create(Requests.newWords().dimension("network:*").request());

    assertThat(read(ProjectCopy.SOURCES.resolve("Orders.java").toString()))
        .contains("static final Entity NETWORK = Entity.global(\"network\");");
    assertThat(read(ProjectCopy.TESTS.resolve("ProbeRatingsHandlerTest.java").toString()))
        .contains("EntityDriver.of(ProbeRatingsHandler.FEATURES, \"all\")");
  }

  @Test
  void inputsAndFiltersThatDoNotFit() throws IOException {
    Requests request = Requests.lastEvents();
    refuses(request.value("number(storeId)"), "there is no input number(storeId)");
    refuses(request.value("hourOfDay(Atlantis)"), "there is no time zone 'Atlantis'");
    refuses(request.filter("storeId"), "a filter is MEMBER=TEXT");
    refuses(request.filter("storeId>many"), "compares storeId with a number, not with 'many'");
    refuses(request.filter("storeShape=round"), "carries storeShape");
    refuses(request.filter("createdAt=x"), "the filter compares the value itself");
  }

  @Test
  void aFeatureOfATimeWindowIsNamedAsItWasAskedFor() throws IOException {
    Requests request =
        Requests.lastEvents()
            .reads("ORDER_CREATED")
            .value("totalAmount")
            .windows("90s", "60m", "24h", "7d")
            .features("orders", "total_amount_sum", "count");

    assertThat(new NewAggregator(project).create(request.request()).group().features())
        .extracting(Feature::name)
        .containsExactly(
            "orders_90s",
            "total_amount_sum_90s",
            "count_90s",
            "orders_60m",
            "total_amount_sum_60m",
            "count_60m",
            "orders_24h",
            "total_amount_sum_24h",
            "count_24h",
            "orders_7d",
            "total_amount_sum_7d",
            "count_7d");
  }

  /** The page is written last. */
  @Test
  void whatCannotBeWrittenLeavesEverythingAsItWas() throws IOException {
    Files.delete(project.resolve("docs/features.md"));
    Files.delete(project.resolve("docs"));
    before = ProjectCopy.contents(project);

    assertThatThrownBy(() -> new NewAggregator(project).create(Requests.newWords().request()))
        .isInstanceOf(IOException.class);

    assertThat(ProjectCopy.contents(project)).isEqualTo(before);
  }

  @Test
  void aCatalogueWithoutAListIsLeftToItsAuthor() throws IOException {
    Path catalogue = project.resolve(ProjectCopy.SOURCES).resolve("OrdersCatalogue.java");
    Files.writeString(catalogue, "final class OrdersCatalogue {}");
    before = ProjectCopy.contents(project);

    assertThatThrownBy(() -> new NewAggregator(project).create(Requests.lastEvents().request()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("add ProbeAcceptanceTimeHandler.FEATURES to it yourself");
    assertThat(ProjectCopy.contents(project)).isEqualTo(before);
  }

  private void refuses(Requests requests, String complaint) throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NewAggregator(project).create(requests.request()))
        .withMessageContaining(complaint);
    assertThat(ProjectCopy.contents(project)).isEqualTo(before);
  }

  private String read(String file) throws IOException {
    return Files.readString(project.resolve(file));
  }
}
