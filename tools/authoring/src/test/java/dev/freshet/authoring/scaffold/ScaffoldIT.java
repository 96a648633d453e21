package dev.freshet.authoring.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From nothing to a feature in the store, in a copy of this project: three builds, some minutes.
 */
@Tag("nightly")
@Tag("verify")
class ScaffoldIT {

  private static final Set<String> NOT_COPIED =
      Set.of(".git", "target", "node_modules", ".serverless", ".freshet");

  private static final String EVENTS =
      """
      {"eventId":"1","eventType":"PROBE_RATED","occurredAt":1767268800000,"orderId":"1","probeId":7,"stars":5}
      {"eventId":"2","eventType":"PROBE_RATED","occurredAt":1767268801000,"orderId":"2","probeId":"7","stars":2}
      {"eventId":"2","eventType":"PROBE_RATED","occurredAt":1767268801000,"orderId":"2","probeId":"7","stars":2}
      """;

  @TempDir private Path folder;

  private Path project;

  @BeforeEach
  void copyProject() throws IOException {
    project = folder.resolve("project");
    copy(ProjectCopy.ROOT, project);
  }

  @Test
  void aGroupOfNewWordsIsBuiltTestedAndServed() throws Exception {
    new NewAggregator(project).create(Requests.newWords().request());
    List<String> tests = new ArrayList<>(List.of("ProbeRatingsHandlerTest"));
    for (Requests each : others()) {
      tests.add(writeClasses(Blueprint.of(each.request(), Vocabulary.known())));
    }

    run(
        "mvn",
        "-o",
        "-B",
        "-q",
        "-pl",
        "lambdas",
        "-am",
        "package",
        "-Dtest=" + String.join(",", tests),
        "-Dsurefire.failIfNoSpecifiedTests=false");
    for (String test : tests) {
      assertThat(project.resolve("lambdas/target/surefire-reports"))
          .isDirectoryContaining("glob:**TEST-dev.freshet.lambdas." + test + ".xml");
    }

    assertThat(run("./freshet", "catalog")).contains("probe_ratings", "stars_mean_1h");
    assertThat(servedFeatures())
        .contains("probe_ratings:ratings_5m", "probe_ratings:stars_sum_1h")
        .containsPattern("probe_ratings:ratings_1h +2\n")
        .containsPattern("probe_ratings:stars_mean_1h +3.5\n");
  }

  /**
   * Tests that know the catalogue know it from the declarations, new ones included. The names are
   * not those of the other requests: the tests of this package run in the project as well.
   */
  @Test
  void theWholeBuildHoldsWithGroupsThatAreNew() throws Exception {
    run(
        scaffolding(
            Requests.newWords()
                .name("nightly_ratings")
                .dimension("nightly:nightlyId")
                .newTypes("NIGHTLY_RATED=nightlyId,stars")));
    run(scaffolding(Requests.lastEvents().name("nightly_acceptance_time")));

    run("mvn", "-B", "-ntp", "-q", "verify");

    assertThat(project.resolve("system-tests/target/failsafe-reports"))
        .isDirectoryContaining("glob:**TEST-dev.freshet.local.platform.ArtifactIT.xml");
  }

  private static String[] scaffolding(Requests requests) {
    Request request = requests.request();
    List<String> command = new ArrayList<>(List.of("./freshet", "new-aggregator"));
    command.addAll(List.of("--name", request.name(), "--dimension", request.dimension()));
    request.reads().forEach(each -> command.addAll(List.of("--reads", each)));
    request.newTypes().forEach(each -> command.addAll(List.of("--new-type", each)));
    request.windows().forEach(each -> command.addAll(List.of("--windows", each)));
    request.features().forEach(each -> command.addAll(List.of("--features", each)));
    if (request.last() > 0) {
      command.addAll(List.of("--last", Integer.toString(request.last())));
    }
    command.addAll(List.of("--value", request.value()));
    command.addAll(List.of("--where", request.filter()));
    return command.toArray(String[]::new);
  }

  /** One of each kind: their classes have to pass the checks of the build as well. */
  private static List<Requests> others() {
    Requests last = Requests.lastEvents();
    return List.of(
        last,
        last.name("city_basket")
            .dimension("city")
            .reads("ORDER_CREATED")
            .value("totalAmount")
            .last(5)
            .features(
                AggregateCalls.names().stream()
                    .filter(each -> !each.equals("top_K"))
                    .map(each -> each.replace("K", "3"))
                    .toArray(String[]::new))
            .description(
                "What a \"basket\" of a city's orders is worth, " + "and so on ".repeat(20) + "."),
        last.name("store_cancellations_and_their_sum_of_all")
            .reads(
                "ORDER_CREATED",
                "ORDER_ACCEPTED",
                "ORDER_PICKED",
                "ORDER_DELIVERED",
                "ORDER_CANCELLED")
            .value("")
            .windows("90s", "24h")
            .features("something_that_happens", "something_else_that_happens", "count")
            .description(""),
        last.name("store_first_mean").windows("5m").features("wait_mean", "wait_sum"),
        last.name("courier_places")
            .dimension("courier")
            .value("text(cityCode)")
            .filter("createdAt!=never")
            .windows("90s")
            .features("distinct", "latest", "top_3", "places", "place_at"),
        last.name("city_large_baskets")
            .dimension("city")
            .reads("ORDER_CREATED")
            .value("decimal(totalAmount)")
            .filter("itemCount>=2.5")
            .windows("1h")
            .features("max", "amount_p95", "orders"));
  }

  private String writeClasses(Blueprint blueprint) throws IOException {
    String name = blueprint.className();
    Files.writeString(
        project.resolve(ProjectCopy.SOURCES).resolve(name + ".java"),
        GeneratedHandler.of(blueprint));
    Files.writeString(
        project.resolve(ProjectCopy.TESTS).resolve(name + "Test.java"),
        GeneratedTest.of(blueprint));
    return name + "Test";
  }

  /** Plays the events on a platform of its own and reads them as serving would. */
  private String servedFeatures() throws Exception {
    Path events = Files.writeString(folder.resolve("events.jsonl"), EVENTS);
    int store = freePort();
    Path output = folder.resolve("local.log");
    Process local =
        start(
            output,
            "./freshet",
            "local",
            "--events",
            events.toString(),
            "--shift-to-now",
            "--no-simulator",
            "--for",
            "10m",
            "--feature-store-port",
            Integer.toString(store),
            "--state-store-port",
            Integer.toString(freePort()),
            "--kinesis-port",
            Integer.toString(freePort()));
    try {
      while (local.isAlive() && !Files.readString(output, UTF_8).contains("events file: 3")) {
        local.waitFor(200, TimeUnit.MILLISECONDS);
      }
      assertThat(local.isAlive()).as(Files.readString(output, UTF_8)).isTrue();
      return run("./freshet", "get", "probe", "7", "--url", "redis://127.0.0.1:" + store);
    } finally {
      local.destroy();
      assertThat(local.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "run", ".log");
    Process process = start(output, command);
    assertThat(process.waitFor(60, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
    String text = Files.readString(output, UTF_8);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  private Process start(Path output, String... command) throws IOException {
    return new ProcessBuilder(new ArrayList<>(List.of(command)))
        .directory(project.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> children = Files.list(from)) {
      for (Path child : children.toList()) {
        Path target = to.resolve(child.getFileName().toString());
        if (NOT_COPIED.contains(child.getFileName().toString())) {
          continue;
        }
        if (Files.isDirectory(child)) {
          copy(child, target);
        } else {
          Files.copy(child, target);
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
