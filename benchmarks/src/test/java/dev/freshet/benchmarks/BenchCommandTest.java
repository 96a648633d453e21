package dev.freshet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("verify")
class BenchCommandTest {

  @TempDir private Path folder;

  @Test
  void aRunMeasuresEveryPartAndWritesAllItIsAskedFor() throws Exception {
    Path json = folder.resolve("results.json");
    Path tables = folder.resolve("results.md");
    BenchRun run =
        bench(
            "--tiny",
            "--json",
            json.toString(),
            "--markdown",
            tables.toString(),
            "--plots",
            folder.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "Freshet",
            "one at a time",
            "Redis alone",
            "city_demand",
            "last events",
            "All feature groups",
            "a replica",
            "512 MB")
        .contains(Files.readString(tables));
    JsonNode results = new ObjectMapper().readTree(json.toFile());
    assertSane(results.at("/sideBySide/batches/1/figures"));
    assertSane(results.at("/sideBySide/article"));
    assertThat(results.at("/sideBySide/redisAlone/eventsPerSecond").asDouble()).isPositive();
    assertThat(results.at("/sideBySide/redisAlone/commandsPerEvent").asDouble()).isPositive();
    assertThat(results.at("/sideBySide/roundTripMicros").asDouble()).isPositive();
    for (String series : List.of("held", "lastEvents", "keys", "replicas")) {
      assertThat(results.get(series)).isNotEmpty();
      results.get(series).forEach(point -> assertSane(point.get("figures")));
    }
    assertThat(results.at("/smallFunctions/0/heapMost").asLong()).isPositive();
    assertThat(results.at("/smallFunctions/1/isPaced").asBoolean()).isTrue();
    assertThat(results.get("goals")).hasSizeGreaterThan(5);
    assertPlotsAreWellFormed(
        "throughput", "latency", "cost-by-held", "cost-by-last", "cost-by-keys");
  }

  @Test
  void readsAreMeasuredBesideRedisAlone() throws Exception {
    Path json = folder.resolve("serving.json");
    BenchRun run =
        bench("--serving", "--tiny", "--json", json.toString(), "--plots", folder.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode results = new ObjectMapper().readTree(json.toFile());
    assertThat(results).hasSize(18);
    assertThat(results.at("/17/rows").asInt()).isEqualTo(100);
    assertThat(results.at("/17/features").asInt()).isEqualTo(250);
    results.forEach(each -> assertThat(each.get("p99Micros").asDouble()).isPositive());
    assertPlotsAreWellFormed("serving");
  }

  @Test
  @Tag("nightly")
  void instancesShareTheWork() throws Exception {
    Path json = folder.resolve("scale.json");
    BenchRun run =
        bench("--scale", "--tiny", "--json", json.toString(), "--plots", folder.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode results = new ObjectMapper().readTree(json.toFile());
    assertThat(results.at("/rows").findValuesAsText("masters")).containsExactly("1", "1", "3", "3");
    assertThat(results.at("/rows").findValuesAsText("instances"))
        .containsExactly("1", "2", "1", "2");
    for (String part : List.of("rows", "hotKey", "groups", "costs", "partitions", "cluster")) {
      assertThat(results.get(part)).as(part).isNotEmpty();
      assertThat(run.out()).doesNotContain("NaN");
    }
    results.get("rows").forEach(row -> assertThat(row.get("predicted").asDouble()).isPositive());
    assertThat(results.get("needs")).hasSize(3);
    assertPlotsAreWellFormed("scale");
  }

  @Test
  void aReportThatCannotBeWrittenIsExitCode1() {
    String nowhere = folder.resolve("no-folder/results.json").toString();
    BenchRun run = bench("--tiny", "--only", "references", "--json", nowhere);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines().toList()).last().asString().contains("cannot write " + nowhere);
  }

  @Test
  void wrongUsageIsOneLineAndExitCode2() {
    assertThat(bench("--quick", "--full").err().lines())
        .containsExactly("freshet: name --quick or --full, not both; see 'freshet bench --help'");
    assertThat(bench("--quick", "--full").exit()).isEqualTo(2);
    assertThat(bench("--direct").exit()).isEqualTo(2);
    assertThat(bench("--orders-per-second", "0").exit()).isEqualTo(2);
    assertThat(bench("--only", "nothing").exit()).isEqualTo(2);
    assertThat(bench("--json", "results", "--markdown", "./results").exit()).isEqualTo(2);
  }

  @Test
  void helpNamesTheOptions() {
    BenchRun run = bench("--help");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("Usage: freshet bench", "--quick", "--json", "--plots");
  }

  private static void assertSane(JsonNode figures) {
    assertThat(figures.get("events").asLong()).isPositive();
    assertThat(figures.get("eventsPerSecond").asDouble()).isBetween(1.0, 1e8);
    assertThat(figures.get("p99Micros").asDouble())
        .isGreaterThanOrEqualTo(figures.get("p50Micros").asDouble());
  }

  private void assertPlotsAreWellFormed(String... names) throws Exception {
    for (String name : names) {
      var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      var document = parser.parse(folder.resolve(name + ".svg").toFile());
      assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
      assertThat(document.getDocumentElement().getTextContent()).doesNotContain("NaN");
    }
  }

  private record BenchRun(int exit, String out, String err) {}

  private BenchRun bench(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        BenchCommand.commandLine(folder)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new BenchRun(exit, out.toString(), err.toString());
  }
}
