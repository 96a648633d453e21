package dev.freshet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.featurestore.client.EntityKey;
import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code freshet drift} over a real Redis. */
@Tag("verify")
class DriftIT {

  @TempDir private Path folder;

  private TestServer server;
  private Redis store;

  @BeforeEach
  void start() throws IOException {
    server = TestRedis.startServer();
    store = Redis.at(url(), Duration.ofSeconds(30));
    fill(1);
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop();
  }

  @Test
  void withoutABaselineItShowsQuantiles() throws IOException {
    Ended run = drift("--group", "store_orders");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("entities: store 400; of 400 keys all were read\nfeature ")
        .contains("p99", "store_orders:created_30m")
        .doesNotContain("PSI", "city_orders");
  }

  @Test
  void aShiftOfStoredValuesIsShownAndFailsIfAsked() throws IOException {
    assertThat(drift("--save-baseline", "store").out()).matches("saved the baselines of \\d+ .*\n");
    assertThat(drift("--fail-over", "0.25").exit()).isZero();
    fill(3);

    assertThat(drift().exit()).as("only if asked").isZero();
    Ended run = drift("--baseline", "store", "--fail-over", "0.25");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("freshet: over 0.25: store_orders:created_30m\n");
    assertThat(run.out().lines())
        .anyMatch(line -> line.startsWith("store_orders:created_30m ") && line.endsWith("shifted"));
    JsonNode json = new ObjectMapper().readTree(drift("--json", "--group", "store_orders").out());
    assertThat(json.at("/entities/store").asInt()).isEqualTo(400);
    json.path("features")
        .forEach(
            each ->
                assertThat(each.path("reading").asText())
                    .isEqualTo(
                        each.path("feature").asText().equals("store_orders:created_30m")
                            ? "SHIFTED"
                            : "STABLE"));
  }

  @Test
  void aFileAndTrainingRowsAreBaselinesToo() throws IOException {
    String file = folder.resolve("baseline.json").toString();
    assertThat(drift("--save-baseline", file).exit()).isZero();
    StringBuilder rows = new StringBuilder("store,at,store_orders:created_30m\n");
    Random random = new Random(5);
    for (int i = 0; i < 1_000; i++) {
      rows.append("%d,2026-05-04T12:00:00Z,%d%n".formatted(i, random.nextInt(100)));
    }
    String table = Files.writeString(folder.resolve("rows.csv"), rows).toString();

    assertThat(drift("--baseline", file, "--fail-over", "0.25").exit()).isZero();
    assertThat(drift("--rows", table, "--fail-over", "0.25").exit()).isZero();
    fill(3);
    assertThat(drift("--baseline", file, "--fail-over", "0.25").exit()).isEqualTo(1);
    assertThat(drift("--rows", table, "--fail-over", "0.25").exit()).isEqualTo(1);
    assertThat(drift("--rows", table, "--save-baseline", "store").exit()).isZero();
    assertThat(drift("--fail-over", "0.25").exit()).isEqualTo(1);
  }

  @Test
  void aGroupsBaselineIsReplacedAlone() throws IOException {
    assertThat(drift("--save-baseline", "store").exit()).isZero();
    fill(3);
    assertThat(drift("--save-baseline", "store", "--group", "store_delivery_time").exit()).isZero();
    assertThat(drift("--fail-over", "0.25").exit()).isEqualTo(1);
    assertThat(drift("--save-baseline", "store", "--group", "store_orders").exit()).isZero();
    assertThat(drift("--fail-over", "0.25").exit()).isZero();
  }

  @Test
  void failuresAreOneLine() throws IOException {
    assertFailure(1, "--save-baseline store", "--fail-over", "1");
    assertFailure(1, "there is no file", "--baseline", folder.resolve("none").toString());
    assertFailure(1, "check --feature-store", "--feature-store", "redis://127.0.0.1:1");
    assertFailure(2, "there is no feature group 'x'", "--group", "x");
    assertFailure(2, "--sample must be from 1 to 50000: 0", "--sample", "0");
    assertFailure(2, "--baseline or --rows", "--baseline", "store", "--rows", "x.csv");
    assertFailure(2, "must not be negative", "--fail-over", "-1");
    fillWithNothing();
    assertFailure(1, "no entities were found", "--save-baseline", "store");
  }

  private void assertFailure(int exit, String message, String... arguments) {
    Ended run = drift(arguments);
    assertThat(run.exit()).as(run.err()).isEqualTo(exit);
    assertThat(run.err()).contains(message).hasLineCount(1);
  }

  private void fillWithNothing() {
    assertThat(store.<String>ask(redis -> redis.flushall())).isEqualTo("OK");
  }

  private void fill(int factor) {
    Random random = new Random(3);
    for (int i = 0; i < 400; i++) {
      byte[] key = EntityKey.of("store", "s" + i);
      Map<byte[], byte[]> fields =
          Map.of(
              bytes("store_orders:created_30m"), bytes("" + factor * random.nextInt(100)),
              bytes("store_orders:created_5m"), bytes("" + random.nextInt(10)));
      assertThat(store.<Long>ask(redis -> redis.hset(key, fields))).isNotNull();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private String url() {
    return "redis://127.0.0.1:" + server.port();
  }

  private record Ended(int exit, String out, String err) {}

  private Ended drift(String... arguments) {
    List<String> words = new ArrayList<>(List.of("drift"));
    words.addAll(List.of(arguments));
    if (!words.contains("--feature-store")) {
      words.addAll(List.of("--feature-store", url()));
    }
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
