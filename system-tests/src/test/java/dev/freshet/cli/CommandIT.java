package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the command as a user calls it: in its own process where that can make a difference. */
@Tag("verify")
class CommandIT {

  private static final Path ROOT = root();

  @TempDir private Path folder;

  @Test
  void catalogListsEveryFeatureGroup() throws Exception {
    Ended run = process("catalog");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("courier_accept_time", "city_demand", "created_5m", "(t − 5m, t]", "ewma");
  }

  @Test
  void everyVerbHasHelp() throws Exception {
    for (String verb :
        List.of(
            "local",
            "get",
            "catalog",
            "check",
            "replay",
            "explain",
            "new-aggregator",
            "ledger",
            "redrive",
            "rebuild",
            "forget")) {
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
    assertThat(freshet("local", "--data", "d", "--dynamodb-endpoint", "http://127.0.0.1:1").exit())
        .isEqualTo(2);
    assertThat(freshet("local", "--kinesis-port", "65536").exit()).isEqualTo(2);
    assertThat(freshet("local", "--console-port", "0").exit()).isEqualTo(2);
    assertThat(freshet("get", "store").exit()).isEqualTo(2);
    assertThat(freshet("redrive", "--reason", "NO_SUCH_REASON").exit()).isEqualTo(2);
    assertThat(freshet("redrive", "--since", "yesterday").exit()).isEqualTo(2);
    assertThat(freshet("redrive", "--replay", "--dry-run").exit()).isEqualTo(2);
    assertThat(freshet("redrive", "--discarded", "-", "--reason", "NOT_JSON").exit()).isEqualTo(2);
    String noon = "2026-05-04T12:00:00Z";
    assertThat(freshet("redrive", "--since", noon, "--until", noon).exit()).isEqualTo(2);
    assertThat(
            freshet(
                    "replay",
                    "--events",
                    "e.jsonl",
                    "--output",
                    "o.csv",
                    "--since",
                    noon,
                    "--until",
                    noon)
                .exit())
        .isEqualTo(2);
    assertThat(freshet("check").exit()).isEqualTo(2);
    assertThat(freshet("replay", "--events", "e.jsonl").exit()).isEqualTo(2);
    assertThat(freshet("replay", "--events", "e.jsonl", "--output", "o.xlsx").exit()).isEqualTo(2);
    assertThat(freshet("replay", "--before", "--events", "e", "--output", "o.csv").exit())
        .isEqualTo(2);
    assertThat(freshet("explain", "store", "", "unpicked", "--events", "e").exit()).isEqualTo(2);
    assertThat(freshet("explain", "shop", "45", "unpicked", "--events", "e").exit()).isEqualTo(2);
    assertThat(freshet("explain", "store", "45", "count", "--events", "e").exit()).isEqualTo(2);
    assertThat(freshet("rebuild", "--feature-group", "no_such_group").exit()).isEqualTo(2);
    assertThat(freshet("rebuild", "--since", "2026-05-04T12:00:00Z", "--events", "f").exit())
        .isEqualTo(2);
    assertThat(freshet("forget").exit()).isEqualTo(2);
    assertThat(freshet("forget", "--feature-group", "store_*").exit()).isEqualTo(2);
    assertThat(freshet("forget", "--feature-group", "g", "--entity", "").exit()).isEqualTo(2);
    assertThat(freshet().exit()).isEqualTo(2);
    assertThat(freshet("catalog", "--json", "--html", "pages").exit()).isEqualTo(2);
  }

  @Test
  void checkJudgesEventsAndRunsNothing() throws Exception {
    Path events = Files.writeString(folder.resolve("events"), "{\"eventType\":\"ORDER_EATEN\"}");
    Ended none = freshet("check", "--events", events.toString());
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.out()).contains("1 MISSING_MEMBER, first " + events + " line 1: eventId is");
    assertThat(none.err()).contains("no feature group can use any of these events");

    Files.writeString(
        events,
        """
        {"eventId":"1","eventType":"ORDER_CREATED","occurredAt":"2026-05-04T12:00:00Z",\
        "orderId":"1","cityCode":"XYZ"}""");
    Ended one = freshet("check", "--events", events.toString(), "--json");
    assertThat(one.exit()).as(one.err()).isZero();
    assertThat(one.out()).contains("\"ORDER_CREATED\" : 1", "\"city_demand\" : {");
  }

  @Test
  void wrongUsageIsOneLine() throws Exception {
    Ended option = process("local", "--no-such-option");
    assertThat(option.err().lines())
        .singleElement()
        .asString()
        .contains("--no-such-option", "see 'freshet local --help'");
  }

  @Test
  void anImpossibleAggregatorIsOneLineAndExit2() throws Exception {
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
  void replayJoinsASpineAndExplainSaysWhy() throws Exception {
    Path events = folder.resolve("events.jsonl");
    Files.writeString(
        events,
        "{\"eventId\":\"a\",\"eventType\":\"ORDER_CREATED\",\"occurredAt\":"
            + "\"2026-09-21T10:00:00Z\",\"orderId\":\"o1\",\"storeId\":45}\nno event\n");
    Path spine = folder.resolve("spine.csv");
    Files.writeString(spine, "label,store,at\n3,45,2026-09-21T10:05:00Z\n");
    Path output = folder.resolve("rows.csv");
    Ended run =
        process(
            "replay",
            "--events",
            events.toString(),
            "--spine",
            spine.toString(),
            "--before",
            "--output",
            output.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("events: 2, 1 invalid", "1 NOT_JSON", "1 rows in");
    List<String> rows = Files.readAllLines(output);
    assertThat(rows.get(0)).startsWith("label,store,at,").contains(",store_orders:created_5m,");
    assertThat(rows.get(1)).startsWith("3,45,2026-09-21T10:05:00Z,").contains(",0,1,1,0,1,1,1,");
    Ended why =
        process(
            "explain",
            "store",
            "45",
            "created_5m",
            "--at",
            "2026-09-21T10:05:00Z",
            "--events",
            events.toString());
    assertThat(why.exit()).as(why.err()).isZero();
    assertThat(why.out())
        .contains("store_orders:created_5m of store 45 at 2026-09-21T10:05:00Z is 0")
        .contains("left the window at 2026-09-21T10:05:00Z", "invalid: 1");
  }

  @Test
  void replayOfUnreadableFilesIsOneLineAndExit1() throws Exception {
    Ended run =
        process(
            "replay",
            "--events",
            folder.resolve("nothing.jsonl").toString(),
            "--output",
            folder.resolve("rows.parquet").toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("nothing.jsonl");
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
      Ended run = process("local", "--feature-store-port", port, "--for", "1s");
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err().lines())
          .singleElement()
          .asString()
          .contains("port " + port + " is taken", "--feature-store-port");
    }
  }

  @Test
  void missingFeatureStoreIsOneLineAndExit1() throws Exception {
    Ended run = process("get", "store", "1", "--url", "redis://127.0.0.1:1");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("127.0.0.1", "check --url");
  }

  @Test
  void missingKinesisIsOneLineAndExit1() throws Exception {
    Ended run = process("redrive", "--endpoint", "http://127.0.0.1:1");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("http://127.0.0.1:1");
  }

  @Test
  void missingServersOfARebuildAreOneLineAndExit1() throws Exception {
    String nowhere = "redis://127.0.0.1:1";
    Ended store = freshet("rebuild", "--state-store", nowhere, "--endpoint=http://127.0.0.1:1");
    assertThat(store.exit()).isEqualTo(1);
    assertThat(store.err().lines()).singleElement().asString().contains("127.0.0.1:1");
    Ended group =
        freshet(
            "rebuild",
            "--state-store=" + nowhere,
            "--feature-group=courier_accept_time",
            "--endpoint=http://127.0.0.1:1");
    assertThat(group.exit()).isEqualTo(1);
    assertThat(group.err().lines()).singleElement().asString().contains("http://127.0.0.1:1");
  }

  @Test
  void missingStoresOfForgetAreOneLineAndExit1() throws Exception {
    Ended run =
        freshet("forget", "--feature-group", "gone", "--state-store", "redis://127.0.0.1:1");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("state store", "127.0.0.1:1");
  }

  @Test
  void unreadableDocumentsAreOneLineAndExit1() throws Exception {
    String missing = folder.resolve("nothing.jsonl").toString();
    Ended run = freshet("redrive", "--endpoint", "http://127.0.0.1:1", "--discarded", missing);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains(missing);
  }

  private record Ended(int exit, String out, String err) {}

  private static Ended freshet(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Freshet.commandLine(ROOT, ROOT)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ended(exit, out.toString(), err.toString());
  }

  private Ended process(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dfreshet.root=" + ROOT);
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-cp");
    command.add(
        ROOT.resolve("tools/cli/target/classes")
            + ":"
            + ROOT.resolve("tools/cli/target/lib")
            + "/*");
    command.add("dev.freshet.cli.Freshet");
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
