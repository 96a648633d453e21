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
                    ".FEATURES);",
                    """
                    .FEATURES,
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
        "Table:id     | dimension must be lower snake case",
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
    refuses(request.value(""), "a last-N window needs a value");
    refuses(request.value("a:b:c"), "a value is FROM:TO");
    refuses(request.value("createdAt:"), "a value is FROM:TO");
    refuses(request.value("createdAt:eatenAt"), "ORDER_PICKED carries no eatenAt");
    refuses(request.value("totalAmount"), "ORDER_PICKED carries no totalAmount");
  }

  @Test
  void windowsThatDoNotFit() throws IOException {
    Requests request = Requests.lastEvents();
    refuses(request.last(0), "name one kind of window");
    refuses(request.windows("5m").last(3), "name one kind of window");
    refuses(request.last(1_001), "last events must be 1 to 1000: 1001");
    refuses(request.last(-1), "last events must be 1 to 1000: -1");
    Requests windows = request.features("orders");
    refuses(windows.windows("5"), "a window is 90s, 5m, 24h or 7d, not '5'");
    refuses(windows.windows("0m"), "window must be positive");
    refuses(windows.windows("169h"), "at most PT168H");
    refuses(windows.windows("8d"), "at most PT168H");
    refuses(windows.windows("1m", "1m"), "the feature orders_1m is declared twice");
  }

  @Test
  void featuresThatDoNotFit() throws IOException {
    Requests request = Requests.lastEvents();
    refuses(request.features(new String[0]), "name what to compute: --features");
    refuses(
        request.features("median"), "there is no feature median of the last events, only count");
    refuses(request.features("p101"), "101");
    refuses(request.features("mean", "mean"), "the feature mean is declared twice");
    refuses(request.windows("5m").value("").features("x_sum"), "need a value");
    refuses(request.windows("5m").features("x y"), "lower snake case: 'x y'");
    refuses(request.description("two\nlines"), "one line");
  }

  @Test
  void namesThatPromiseWhatNoTimeWindowHas() throws IOException {
    Requests counts =
        Requests.lastEvents().reads("ORDER_CREATED").value("totalAmount").windows("24h");
    refuses(
        counts.features("orders", "amount_max", "distinct_merchants", "declined_ratio"),
        "no feature of a time window: amount_max, distinct_merchants, declined_ratio; there are"
            + " NAME, the count of all events that are read (such as orders), and of the --value"
            + " NAME_sum and NAME_mean; --last N instead of --windows has count, dominant_frequency");
    for (String name :
        List.of(
            "p90",
            "ewma",
            "amount",
            "total_amount",
            "amount_p95",
            "merchants_unique",
            "avg_amount",
            "waiting_time",
            "orders_1h",
            "amount_max_mean",
            "distinct_stores_sum")) {
      refuses(counts.features(name), "no feature of a time window: " + name + ";");
      refuses(counts.value("").features(name), "no feature of a time window: " + name + ";");
    }
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
