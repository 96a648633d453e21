package dev.freshet.replay;

import static dev.freshet.lambdas.OrderJson.event;
import static dev.freshet.replay.Histories.created;
import static dev.freshet.replay.Histories.delivered;
import static dev.freshet.testing.EventJson.quoted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read or written is named, with where it is. */
class ReplayRejectionTest {

  private static final long NOON = 1_790_000_000_000L;
  private static final long MEMORY = 1 << 20;

  @TempDir private Path folder;

  @Test
  void invalidEventsAreCountedWithTheirReasonsAndTheRestGoesOn() throws IOException {
    Path events =
        file(
            "e.jsonl",
            List.of(
                "no json",
                created("a", NOON).toString(),
                "",
                created("b", NOON).without("eventId").toString(),
                delivered("c", NOON, -5),
                event("NO_SUCH_TYPE", "d", NOON).toString(),
                created("a", NOON).toString()));
    ReplayReport report =
        Histories.replay(MEMORY).results(Histories.files(events), folder.resolve("rows.jsonl"));
    assertThat(report.events().read()).isEqualTo(6);
    assertThat(report.events().invalid()).isEqualTo(3);
    assertThat(report.events().skipped()).isEqualTo(1);
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(report.rows()).as("a, and c in the group that needs no duration").isEqualTo(2);
    assertThat(String.join("\n", report.text()))
        .contains("1 NOT_JSON, first " + events + " line 1")
        .contains("1 MISSING_MEMBER, first " + events + " line 4")
        .contains("1 NEGATIVE_DURATION, first " + events + " line 5, for store_delivery_time");
  }

  @Test
  void anEventThatIsTooLargeIsInvalidAndNamed() throws IOException {
    Path events =
        file(
            "e.jsonl",
            List.of(
                created("a", NOON).toString(),
                created("b", NOON).with("note", quoted("x".repeat(300_000))).toString(),
                created("c", NOON).with("note", quoted("x".repeat(2_000_000))).toString(),
                created("d", NOON).toString()));
    ReplayReport report =
        Histories.replay(MEMORY).results(Histories.files(events), folder.resolve("rows.jsonl"));
    assertThat(report.rows()).isEqualTo(2);
    assertThat(String.join("\n", report.text()))
        .contains("events: 4, 2 invalid")
        .contains("1 TOO_LARGE, first " + events + " line 2")
        .contains("1 over 1 MiB, set aside, first " + events + " line 3: 2,000,113 bytes");
  }

  @Test
  void overOneInvalidEventInAHundredIsWarnedOf() throws IOException {
    List<String> lines = new ArrayList<>(List.of("{}"));
    for (int i = 0; i < 99; i++) {
      lines.add(created("o" + i, NOON).toString());
    }
    assertThat(textOf(lines)).noneMatch(line -> line.startsWith("warning"));
    lines.add("{}");
    assertThat(textOf(lines)).last().asString().startsWith("warning: 2.0 % of the events");
  }

  private List<String> textOf(List<String> lines) throws IOException {
    Path output = folder.resolve("rows.jsonl");
    return Histories.replay(MEMORY).results(Histories.files(file("e.jsonl", lines)), output).text();
  }

  @Test
  void nothingIsWrittenIfNoEventCanBeUsed() throws IOException {
    Path spine = file("spine.csv", List.of("store,at", "45," + NOON));
    for (String nothing :
        List.of("", "{}\n{\"a\":1}", event("NO_SUCH_TYPE", "d", NOON).toString())) {
      Path events = file("e.jsonl", List.of(nothing));
      Path output = file("rows.jsonl", List.of("of before"));
      assertThatThrownBy(() -> Histories.replay(MEMORY).results(Histories.files(events), output))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("no event can be used (events: ");
      assertThatThrownBy(
              () -> Histories.replay(MEMORY).join(Histories.files(events), spine, output))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("no event can be used (events: ");
      assertThat(output).hasContent("of before\n");
    }
  }

  @Test
  void spinesThatAreNoneAreRejected() throws IOException {
    rejects("at,shop\n1,2\n", "no column named after a dimension");
    rejects("store,when\n1,2\n", "no column at");
    rejects("store,at\n1,yesterday\n", "line 2: at is 'yesterday': a time such as");
    rejects("store,at\n1,1795830000\n", "line 2: at is 1795830000: epoch milliseconds");
    rejects("store,at\n1,1795830000000000\n", "this looks like microseconds");
    rejects("store,at\n1,\n", "line 2 has nothing in column at");
    rejects("store,at\n45.0,1795830000000\n", "line 2 has '45.0' in column store");
    rejects("store,at,store_orders:unpicked\n1,1795830000000,1\n", "already has a column");
    rejects("store,at\n1\n", "line 2 has 1 fields, and there are 2 columns");
    rejects("store,store\n1,1\n", "a column stands twice");
    rejects("store,at\n\"1,1\n", "opens a quote that does not end");
  }

  private void rejects(String csv, String complaint) throws IOException {
    Path spine = Files.write(folder.resolve("spine.csv"), csv.getBytes(UTF_8));
    Path events = file("e.jsonl", List.of(created("a", NOON).toString()));
    Path output = folder.resolve("rejected.jsonl");
    assertThatThrownBy(() -> Histories.replay(MEMORY).join(Histories.files(events), spine, output))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(spine.toString())
        .hasMessageContaining(complaint);
    assertThat(output).as("nothing half-written").doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
  }

  @Test
  void anEventsFileThatIsNotThereIsNamed() throws IOException {
    Path missing = folder.resolve("missing.jsonl");
    assertThatThrownBy(
            () ->
                Histories.replay(MEMORY).results(Histories.files(missing), folder.resolve("o.csv")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing + ": there is no such file");
  }

  @Test
  void anOutputThatCannotBeWrittenIsNamedAndLeavesNothing() throws IOException {
    Path events = file("e.jsonl", List.of(created("a", NOON).toString()));
    Path output = Files.createDirectory(folder.resolve("rows.csv"));
    file("rows.csv/kept", List.of());
    assertThatThrownBy(() -> Histories.replay(MEMORY).results(Histories.files(events), output))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write " + output);
    assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
    Path nowhere = folder.resolve("no-folder/rows.csv");
    assertThatThrownBy(() -> Histories.replay(MEMORY).results(Histories.files(events), nowhere))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no folder");
  }

  private Path file(String name, List<String> lines) throws IOException {
    return Histories.write(folder.resolve(name), lines);
  }
}
