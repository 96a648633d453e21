package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.testing.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests {@code cost}: its usage, its JSON, and the rates of a running platform. */
@Tag("verify")
class CostIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private record Ended(int exit, String out, String err) {}

  @Test
  void unknownNamesAreWrongUsage() {
    assertWrong("no stage moon, only dev, local, prod", "--stage", "moon");
    assertWrong("no variant cheap, only declared", "--variant", "cheap");
    assertWrong("no setting shards, only Engine", "--set", "shards=1");
    assertWrong("no feature group nothing, only", "--without", "nothing");
    assertWrong("must be above 0", "--events-per-second", "0");
    assertWrong("must be above 0, and finite", "--events-per-second", "NaN");
    assertWrong("must be above 0, and finite", "--times", "1,Infinity");
    assertWrong("--json or --markdown, not both", "--json", "--markdown");
    assertWrong("memory must be above 0", "--set", "memory=0");
    assertWrong("order-shards must be a number that is not", "--set", "order-shards=Infinity");
    assertWrong("order-retention-hours must be a number", "--set", "order-retention-hours=-1");
    assertWrong("Unknown option", "--cheap");
  }

  @Test
  void nothingIsMeasuredWithoutAPlatform() {
    Ended run = cost("--measured", "http://127.0.0.1:" + FreePort.find());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("start ./freshet local");
  }

  @Test
  void jsonHasEachItemOfEachBill() throws IOException {
    JsonNode root = JSON.readTree(cost("--json", "--times", "1,100").out());

    assertThat(root.path("stage").asText()).isEqualTo("prod");
    assertThat(root.path("pricesOf").asText()).matches("\\d{4}-\\d\\d-\\d\\d");
    assertThat(root.path("pricesNotLookedUp")).isNotEmpty();
    assertThat(root.path("bills")).hasSize(6);
    for (JsonNode bill : root.path("bills")) {
      double sum = 0;
      for (JsonNode item : bill.path("items")) {
        assertThat(item.path("name").isTextual()).isTrue();
        assertThat(item.path("arithmetic").isTextual()).isTrue();
        sum += item.path("dollars").asDouble();
      }
      assertThat(bill.path("dollars").asDouble()).isCloseTo(sum, within(0.01));
      assertThat(bill.path("settings").path("consumer").asText()).isEqualTo("dedicated");
      assertThat(bill.path("assumed").path("shards of order-created").isTextual()).isTrue();
      assertThat(bill.path("apart")).hasSize(1);
    }
    assertThat(root.at("/bills/1/eventsPerSecond").asDouble()).isEqualTo(10_000);
  }

  @Test
  void theBillsOfTheReferenceLoadAreWithinTheirLimits() throws IOException {
    Ended run =
        cost(
            "--json",
            "--without=courier_history,customer_history",
            "--variant=single-lean,batched-lean",
            "--times=1,100");
    JsonNode bills = JSON.readTree(run.out()).path("bills");

    assertThat(bills.findValuesAsText("variant"))
        .containsExactly("single-lean", "single-lean", "batched-lean", "batched-lean");
    assertThat(bills.path(0).path("dollars").asDouble()).isLessThanOrEqualTo(700);
    assertThat(bills.path(2).path("dollars").asDouble()).isLessThanOrEqualTo(300);
    assertThat(bills.path(3).path("dollars").asDouble()).isLessThanOrEqualTo(3_000);
  }

  @Test
  void measuresARunningPlatform() throws Exception {
    int console = FreePort.find();
    ExecutorService terminal = Executors.newSingleThreadExecutor();
    Future<Ended> local =
        terminal.submit(() -> run(LocalCommand.with("--console-port=" + console)));
    try {
      URI counters = URI.create("http://127.0.0.1:%d/api/counters".formatted(console));
      JsonNode first = awaitEvents(counters);
      assertThat(first.path("mappings")).isNotEmpty();
      assertThat(status(counters, "POST")).isEqualTo(405);
      assertThat(status(counters.resolve("/other"), "GET")).isEqualTo(404);

      Ended measured = cost("--json", "--measured", counters.resolve("/").toString());
      assertThat(measured.err()).isEmpty();
      JsonNode bill = JSON.readTree(measured.out()).at("/bills/0");
      assertThat(bill.path("variant").asText()).isEqualTo("measured");
      assertThat(bill.path("eventsPerSecond").asDouble()).isBetween(0.5, 100.0);
      assertThat(bill.at("/settings/events-in-batch").asDouble()).isGreaterThanOrEqualTo(1);
      assertThat(bill.path("dollars").asDouble()).isGreaterThan(100);
    } finally {
      terminal.shutdownNow();
    }
    assertThat(local.get().out()).contains("counters       http://127.0.0.1:" + console);
  }

  /** Waits until functions have processed events, and the subscriber results. */
  private static JsonNode awaitEvents(URI counters) throws InterruptedException {
    Instant deadline = Instant.now().plus(LIMIT);
    while (Instant.now().isBefore(deadline)) {
      try (InputStream body = counters.toURL().openStream()) {
        JsonNode answer = JSON.readTree(body);
        if (answer.path("events").asLong() > 0 && answer.path("results").asLong() > 0) {
          return answer;
        }
      } catch (IOException notYet) {
        // The platform starts.
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the platform processed no event");
  }

  private static int status(URI address, String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  private static void assertWrong(String complaint, String... arguments) {
    Ended run = cost(arguments);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains(complaint);
  }

  private static Ended cost(String... arguments) {
    List<String> all = new ArrayList<>(List.of("cost"));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private static Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Freshet.commandLine(ROOT, ROOT)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ended(exit, out.toString(), err.toString());
  }
}
