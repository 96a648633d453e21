package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import dev.freshet.testing.redis.TestRedis;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests {@code freshet get} over a real Redis. */
@Tag("verify")
class GetIT {

  private static final long NOW = System.currentTimeMillis();

  @BeforeAll
  static void store() {
    try (Redis redis = TestRedis.connect()) {
      new FeatureStoreWriter(redis, Duration.ofDays(1), Metrics.NONE)
          .write(
              List.of(
                  result("store_orders", "store", "45", NOW + 3_600_000, "created_30m", 4),
                  result("store_orders", "store", "46", NOW - 600_000, "created_30m", 9),
                  result("store_delivery_time", "store", "45", 0, "mean", 1800.25),
                  result("city_orders", "city", "XYZ", 0, "undelivered", 7)));
    }
  }

  private static FeatureResult result(
      String group, String dimension, String id, long validUntil, String name, double value) {
    return new FeatureResult(
        group,
        dimension,
        id,
        1,
        NOW - 3_600_000,
        NOW - 3_600_000,
        validUntil == 0 ? OptionalLong.empty() : OptionalLong.of(validUntil),
        Trigger.EVENT,
        List.of(new FeatureValue(name, value)));
  }

  @Test
  void anEntitysFeaturesAreATableOrJson() {
    Ended all = get("store", "45");
    assertThat(all.exit()).as(all.err()).isZero();
    assertThat(all.out()).contains("store_orders:@version", "store_delivery_time:mean");

    Ended some = get("store", "45", "store_orders:created_30m", "store_orders:unpicked");
    assertThat(some.out()).isEqualTo("store_orders:created_30m  4\nstore_orders:unpicked     -\n");
    assertThat(get("--json", "store", "45", "store_orders:created_30m", "store_orders:x").out())
        .isEqualTo("{\"store_orders:created_30m\":4,\"store_orders:x\":null}\n");
  }

  @Test
  void anUnknownEntityIsOneLineAndExit1() {
    Ended run = get("store", "nowhere");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("nothing is known of store 'nowhere'").hasLineCount(1);
  }

  @Test
  void aRowOfAServiceHasAgesAndMarksDefaults() {
    Ended run = get("--service", "arrival_time", "store=45", "city=XYZ");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines().toList())
        .hasSize(11)
        .contains(
            "store=45 city=XYZ",
            "  store_orders:created_30m          4                     60m old",
            "  store_orders:unpicked             0                     absent, so the default; 60m"
                + " old",
            "  store_delivery_time:mean          1800.25               60m old",
            "  store_delivery_time:p90           -                     absent; 60m old",
            "  store_preparation_time:mean       -                     absent");
  }

  @Test
  void severalRowsShareAnEntityThatIsNamedOnce() throws IOException {
    Ended run =
        get("--service", "arrival_time", "--json", "store=45", "store=46", "store=47", "city=XYZ");
    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode rows = new ObjectMapper().readTree(run.out());
    assertThat(rows).hasSize(3);
    assertThat(rows.at("/0/entities/store").asText()).isEqualTo("45");
    assertThat(rows.at("/0/features/store_orders:created_30m").asInt()).isEqualTo(4);
    assertThat(rows.at("/0/notStored").has("store_orders:created_30m")).isFalse();
    assertThat(rows.at("/0/ages/store_orders/validUntil").asLong()).isEqualTo(NOW + 3_600_000);
    assertThat(rows.at("/1/features/store_orders:created_30m").asInt(-1)).isZero();
    assertThat(rows.at("/1/notStored/store_orders:created_30m").asText()).isEqualTo("outdated");
    assertThat(rows.at("/2/notStored/store_orders:created_30m").asText()).isEqualTo("absent");
    assertThat(rows.at("/2/features/store_delivery_time:mean").isNull()).isTrue();
    rows.forEach(
        row -> assertThat(row.at("/features/city_orders:undelivered").asInt()).isEqualTo(7));
  }

  @Test
  void wrongEntitiesOfAServiceAreOneLineAndExit2() {
    assertUsage(
        get("--service", "arrival_time", "store=45"),
        "feature service arrival_time needs a city: write store=ID city=ID");
    assertUsage(
        get("--service", "arrival_time", "store", "45"),
        "'store' is no entity of feature service arrival_time: write store=ID city=ID");
    assertUsage(
        get("--service", "arrival_time", "store=1", "store=2", "store=3", "city=X", "city=Y"),
        "city is named 2 times for 3 rows: name it once, or once a row");
    assertUsage(
        get("--service", "arrival_time", "store=", "city=X"),
        "store= names no entity: write store=ID city=ID");
    assertUsage(
        get("--service", "arrival", "store=45"),
        "the catalogue orders has no feature service arrival, only [arrival_time, store_ranking]");
    assertUsage(get("store"), "VALUE is missing: the id of a store");
  }

  @Test
  void featuresWhoseHistoryCannotBeAskedAreUnknown() {
    Ended run =
        get(
            "--service",
            "store_ranking",
            "--dynamodb-endpoint",
            "http://127.0.0.1:1",
            "customer=7",
            "store=45",
            "city=XYZ");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("unknown, so the default");
    assertThat(run.err())
        .contains("the features of customer_history are unknown", "check --history-table")
        .hasLineCount(1);
  }

  private static void assertUsage(Ended run, String message) {
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(message).hasLineCount(1);
  }

  private record Ended(int exit, String out, String err) {}

  private static Ended get(String... arguments) {
    List<String> words = new ArrayList<>(List.of("get", "--url", TestRedis.url()));
    words.addAll(List.of(arguments));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Path root = Path.of("..");
    int exit =
        Freshet.commandLine(root, root)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(words.toArray(String[]::new));
    return new Ended(exit, out.toString(), err.toString());
  }
}
