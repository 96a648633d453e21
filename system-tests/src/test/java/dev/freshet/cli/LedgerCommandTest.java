package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.ledger.Fate;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.ledger.redis.RedisLedger;
import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code freshet ledger} over two stores. */
@Tag("verify")
class LedgerCommandTest {

  private static final LedgerLine LINE =
      new LedgerLine("order-created", "shardId-1", "city_demand");
  private final long now = Instant.now().toEpochMilli();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private TestServer features;
  private TestServer state;

  @BeforeEach
  void start() throws IOException {
    features = TestRedis.startServer();
    state = TestRedis.startServer();
  }

  @AfterEach
  void stop() {
    features.stop();
    state.stop();
  }

  @Test
  void addsUpAndSaysWhatIsInFlight() {
    add(state, events(5, 5));
    assertThat(ledger()).isZero();
    assertThat(out.toString())
        .containsPattern("city_demand +order-created +shardId-1 +5 +5 +0 +0 +0 +0 +0 +0")
        .contains("ledger: adds up  events 5");

    add(state, published());
    assertThat(ledger()).isZero();
    assertThat(out.toString()).contains("in flight 1");
    assertThat(ledger("--at-rest")).isEqualTo(1);
    assertThat(out.toString()).contains("ledger: 1 MISSING");
  }

  @Test
  void whatIsMissingFailsTheCommandUntilTheLedgerIsReset() throws IOException {
    add(state, events(5, 3));
    assertThat(ledger("--json")).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("missing").asInt()).isEqualTo(2);
    assertThat(json.at("/rows/0/function").asText()).isEqualTo("f");
    assertThat(json.at("/rows/0/missing").asInt()).isEqualTo(2);
    assertThat(json.at("/results/published").asInt()).isZero();

    assertThat(ledger("--reset")).isEqualTo(1);
    assertThat(ledger()).isZero();
  }

  @Test
  void aStoreThatDoesNotAnswerIsNamed() {
    features.stop();
    assertThat(ledger()).isEqualTo(1);
    assertThat(err.toString()).contains("the ledgers cannot be read").contains("--feature-store");
  }

  private int ledger(String... options) {
    out.getBuffer().setLength(0);
    List<String> arguments =
        new ArrayList<>(
            List.of("ledger", "--state-store", url(state), "--feature-store", url(features)));
    arguments.addAll(List.of(options));
    CommandLine command = Freshet.commandLine(Path.of("."), Path.of("."));
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments.toArray(String[]::new));
  }

  private static void add(TestServer server, LedgerEntry entry) {
    try (Redis redis = Redis.at(url(server), Duration.ofSeconds(5))) {
      new RedisLedger(redis).add("f", entry);
    }
  }

  private static String url(TestServer server) {
    return "redis://127.0.0.1:" + server.port();
  }

  private static LedgerEntry events(int in, int applied) {
    LedgerEntry entry = new LedgerEntry();
    entry.add(LINE, Fate.IN, in);
    entry.add(LINE, Fate.APPLIED, applied);
    return entry;
  }

  private LedgerEntry published() {
    LedgerEntry entry = new LedgerEntry();
    entry.addResult(LedgerLine.RESULTS, now, "city_demand", Fate.IN);
    entry.addResult(LedgerLine.RESULTS, now, "city_demand", Fate.PUBLISHED);
    return entry;
  }
}
