package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the verbs with files that are not events files, or that are also outputs. */
@Tag("verify")
class EventsOptionIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final String EVENT =
      "{\"eventId\":\"a\",\"eventType\":\"ORDER_CREATED\",\"occurredAt\":\"2026-09-21T10:00:00Z\","
          + "\"orderId\":\"o1\",\"storeId\":45}\n";

  @TempDir private Path folder;

  private String event;
  private String invalid;
  private String csv;

  @BeforeEach
  void writeFiles() throws IOException {
    event = file("event.jsonl", EVENT);
    invalid = file("invalid.jsonl", "{}\n");
    csv = file("events.txt", "order,store\n1,2\n");
  }

  @Test
  void noVerbAcceptsAFileThatIsNotAnEventsFile() throws IOException {
    String output = folder.resolve("rows.csv").toString();
    for (String file : List.of(csv, invalid)) {
      String complaint =
          file.equals(csv) ? "not an events file: it looks like CSV" : "no event can";
      fails(complaint, "replay", "--events", file, "--output", output);
      fails(complaint, "explain", "store", "45", "unpicked", "--events", file);
      fails(complaint, LocalCommand.with("--no-simulator", "--for=1s", "--events=" + file));
    }
    assertThat(folder.resolve("rows.csv")).doesNotExist();
  }

  @Test
  void anOutputThatIsAnInputIsWrongUsage() throws IOException {
    Path events = Path.of(event);
    Path spine = Path.of(file("spine.csv", "store,at\n45,2026-09-21T10:05:00Z\n"));
    Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic.jsonl"), events);
    Path hard = Files.createLink(folder.resolve("hard.jsonl"), events);
    for (Path output : List.of(events, symbolic, hard, spine)) {
      String before = Files.readString(output);
      Ended run =
          freshet("replay", "--events", event, "--spine=" + spine, "--output", output.toString());
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err().lines()).singleElement().asString().contains("is the input");
      assertThat(output).hasContent(before);
    }
  }

  @Test
  void explainWarnsOfInvalidEvents() throws IOException {
    Ended run =
        freshet(
            "explain",
            "store",
            "45",
            "unpicked",
            "--at=2026-09-21T10:05:00Z",
            "--events",
            event,
            invalid);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("events: 2, 1 invalid", "MISSING_MEMBER, first " + invalid, "warning: 50.0 %");
  }

  private static void fails(String complaint, String... arguments) {
    Ended run = freshet(arguments);
    assertThat(run.exit()).as("%s: %s", String.join(" ", arguments), run.err()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains(complaint);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private record Ended(int exit, String err) {}

  private static Ended freshet(String... arguments) {
    StringWriter err = new StringWriter();
    int exit =
        Freshet.commandLine(ROOT, ROOT)
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ended(exit, err.toString());
  }
}
