package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user calls it, in a process of its own. */
class CommandIT {

  private static final Path ROOT = root();

  @TempDir private Path folder;

  @Test
  void catalogListsEveryFeatureGroup() throws Exception {
    Ended run = freshet("catalog");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("courier_accept_time", "city_demand", "created_5m", "(t − 5m, t]", "ewma");
  }

  @Test
  void everyVerbHasHelp() throws Exception {
    for (String verb : List.of("local", "get", "catalog", "new-aggregator", "redrive")) {
      Ended run = freshet(verb, "--help");
      assertThat(run.exit()).isZero();
      assertThat(run.out()).contains("Usage: freshet " + verb);
    }
  }

  @Test
  void wrongUsageExitsWith2() throws Exception {
    assertThat(freshet("local", "--no-such-option").exit()).isEqualTo(2);
    assertThat(freshet("local", "--for", "soon").exit()).isEqualTo(2);
    assertThat(freshet("local", "--orders-per-minute", "0").exit()).isEqualTo(2);
    assertThat(freshet("get", "store").exit()).isEqualTo(2);
    assertThat(freshet("redrive", "--reason", "NO_SUCH_REASON").exit()).isEqualTo(2);
    assertThat(freshet("redrive", "--since", "yesterday").exit()).isEqualTo(2);
    assertThat(freshet("redrive", "--replay", "--dry-run").exit()).isEqualTo(2);
    assertThat(freshet("redrive", "--discarded", "-", "--reason", "NOT_JSON").exit()).isEqualTo(2);
    assertThat(freshet().exit()).isEqualTo(2);
    assertThat(freshet("catalog", "--json", "--html", "pages").exit()).isEqualTo(2);
  }

  @Test
  void wrongUsageIsOneLine() throws Exception {
    Ended option = freshet("local", "--no-such-option");
    assertThat(option.err().lines())
        .singleElement()
        .asString()
        .contains("--no-such-option", "see 'freshet local --help'");
  }

  @Test
  void anAggregatorThatCannotBeIsOneLineAndExit2() throws Exception {
    Ended unnamed = freshet("new-aggregator");
    assertThat(unnamed.exit()).isEqualTo(2);
    assertThat(unnamed.err().lines()).singleElement().asString().contains("--name is missing");

    Ended taken =
        freshet(
            "new-aggregator",
            "--name",
            "city_demand",
            "--dimension",
            "city",
            "--reads",
            "ORDER_CREATED",
            "--windows",
            "5m",
            "--features",
            "created");
    assertThat(taken.exit()).isEqualTo(2);
    assertThat(taken.err().lines()).singleElement().asString().contains("city_demand is there");
  }

  @Test
  void catalogWritesPages() throws Exception {
    Path pages = folder.resolve("some/pages");
    assertThat(freshet("catalog", "--html", pages.toString()).exit()).isZero();
    assertThat(pages.resolve("index.html")).content().contains("store_orders.html");
    assertThat(pages.resolve("store_orders.html")).content().contains("(t − 5m, t]");

    Path page = folder.resolve("catalogue.md");
    assertThat(freshet("catalog", "--markdown", page.toString()).exit()).isZero();
    assertThat(page).hasSameTextualContentAs(ROOT.resolve("docs/feature-catalogue.md"));

    Ended refused = freshet("catalog", "--markdown", folder.toString());
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err().lines()).singleElement().asString().contains(folder.toString());
  }

  @Test
  void unreadableEventsFileIsOneLineAndExit1() throws Exception {
    Ended run = freshet("local", "--events", folder.resolve("nothing.jsonl").toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("nothing.jsonl");
  }

  @Test
  void takenPortIsOneLineAndExit1() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Ended run = freshet("local", "--feature-store-port", port, "--for", "1s");
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err().lines())
          .singleElement()
          .asString()
          .contains("port " + port + " is taken", "--feature-store-port");
    }
  }

  @Test
  void featureStoreThatIsNotThereIsOneLineAndExit1() throws Exception {
    Ended run = freshet("get", "store", "1", "--url", "redis://127.0.0.1:1");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("127.0.0.1");
  }

  @Test
  void kinesisThatIsNotThereIsOneLineAndExit1() throws Exception {
    Ended run = freshet("redrive", "--endpoint", "http://127.0.0.1:1");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("http://127.0.0.1:1");
  }

  @Test
  void unreadableDocumentsAreOneLineAndExit1() throws Exception {
    String missing = folder.resolve("nothing.jsonl").toString();
    Ended run = freshet("redrive", "--endpoint", "http://127.0.0.1:1", "--discarded", missing);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains(missing);
  }

  private record Ended(int exit, String out, String err) {}

  private Ended freshet(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dfreshet.root=" + ROOT);
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-cp");
    command.add(
        ROOT.resolve("local/target/classes") + ":" + ROOT.resolve("local/target/lib") + "/*");
    command.add("dev.freshet.local.Main");
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static Path root() {
    try {
      return Path.of("..").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
