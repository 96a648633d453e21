package dev.freshet.replay.events;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.definition.EventType;
import dev.freshet.fold.FeatureValues;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.ParquetFiles;
import dev.freshet.replay.table.RowWriter;
import dev.freshet.replay.table.TableFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableEventsTest {

  private static final EventType REFERENCE =
      new EventType("VISIT", "visits", EventFormat.reference());

  private static final EventType FLIGHT =
      new EventType(
          "DEPARTED",
          "flights",
          EventFormat.json()
              .id("flight.leg")
              .type("event")
              .occurredAt("at", TimeFormat.EPOCH_SECONDS));

  @TempDir private Path folder;

  @Test
  void aColumnIsThePathOfAMember() throws IOException {
    assertThat(
            events(
                csv("event,at,flight.leg,flight.origin,flight.miles", "DEPARTED,7,L1,ATL,2.50"),
                FLIGHT))
        .containsExactly(
            "{\"event\":\"DEPARTED\",\"at\":7,"
                + "\"flight\":{\"leg\":\"L1\",\"origin\":\"ATL\",\"miles\":2.50}}");
  }

  @Test
  void anAbsentCellIsAnAbsentMember() throws IOException {
    assertThat(events(csv("eventId,guest.id,note", "a,,", "b,7,\"x,\"\"y\"\"\""), REFERENCE))
        .containsExactly(
            "{\"eventId\":\"a\",\"guest\":{}}",
            "{\"eventId\":\"b\",\"guest\":{\"id\":7},\"note\":\"x,\\\"y\\\"\"}");
  }

  @Test
  void idsAndTypesAreTexts() throws IOException {
    assertThat(events(csv("eventId,eventType,number", "12,3,4"), REFERENCE))
        .containsExactly("{\"eventId\":\"12\",\"eventType\":\"3\",\"number\":4}");
  }

  @Test
  void idsThatLookLikeFloatingPointNumbersAreNoTexts() throws IOException {
    assertThat(
            events(
                csv("eventId", "45.0", "1.2345678901234568e+17", "1e+17", "7e12", "7E12", "007"),
                REFERENCE))
        .containsExactly(
            "{\"eventId\":45.0}",
            "{\"eventId\":1.2345678901234568e+17}",
            "{\"eventId\":1e+17}",
            "{\"eventId\":\"7e12\"}",
            "{\"eventId\":\"7E12\"}",
            "{\"eventId\":\"007\"}");
  }

  /** An integer of more digits than its type holds was rounded to another before it came here. */
  @Test
  void floatingPointNumbersThatMayHaveBeenRoundedAreNoIntegers() throws IOException {
    Path file =
        ParquetFiles.write(
            folder.resolve("events.parquet"),
            "optional double eventId; optional double guest; optional float desk;",
            row -> row.append("eventId", 45.0).append("guest", 0x1p53).append("desk", 0x1p24f),
            row -> row.append("eventId", 45.5).append("guest", 1e17).append("desk", 123456792f),
            row -> row.append("eventId", -0x1p60).append("guest", 1e22).append("desk", 0.3f));
    assertThat(events(file, REFERENCE))
        .containsExactly(
            "{\"eventId\":\"45\",\"guest\":9007199254740992,\"desk\":16777216}",
            "{\"eventId\":45.5,\"guest\":1.0E17,\"desk\":1.23456792E8}",
            "{\"eventId\":-1.15292150460684698E18,\"guest\":1.0E22,\"desk\":0.3}");
  }

  @Test
  void bytesAreNoText() throws IOException {
    Path file =
        ParquetFiles.write(
            folder.resolve("events.parquet"),
            "optional binary eventId; optional binary note (STRING);",
            row -> row.append("eventId", "9").append("note", "9"));
    assertThat(events(file, REFERENCE))
        .containsExactly("{\"eventId\":{\"base64\":\"OQ==\"},\"note\":\"9\"}");
  }

  @Test
  void aFileOfAnotherFormatIsNamed() throws IOException {
    byte[] utf16 = "eventId\na\n".getBytes(UTF_16);
    assertThatThrownBy(() -> events(Files.write(folder.resolve("e.csv"), utf16), REFERENCE))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("e.csv: not an events file: it is UTF-16; write it in UTF-8");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream twice = new GZIPOutputStream(new GZIPOutputStream(bytes))) {
      twice.write("eventId\na\n".getBytes(UTF_8));
    }
    Path packed = Files.write(folder.resolve("e.csv.gz"), bytes.toByteArray());
    assertThatThrownBy(() -> events(packed, REFERENCE))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(
            "e.csv.gz: not an events file: it is gzip inside gzip; gunzip it once");
  }

  @Test
  void timesOfParquetAreWhatTheFormatExpects() throws IOException {
    Path file = folder.resolve("events.parquet");
    List<Column> columns =
        List.of(new Column("at", Kind.TIMESTAMP), new Column("ok", Kind.BOOLEAN));
    try (RowWriter out = TableFormat.PARQUET.write(file, columns, List.of())) {
      Cell[] row = {
        new Cell(Kind.TIMESTAMP, "2026-05-04T12:00:00.250Z"), new Cell(Kind.BOOLEAN, "true")
      };
      out.write(row, new FeatureValues(0));
    }
    assertThat(events(file, FLIGHT)).containsExactly("{\"at\":1777896000.25,\"ok\":true}");
    assertThat(events(file, REFERENCE))
        .containsExactly("{\"at\":\"2026-05-04T12:00:00.250Z\",\"ok\":true}");
    assertThat(events(file, REFERENCE, FLIGHT))
        .as("of several formats")
        .containsExactly("{\"at\":\"2026-05-04T12:00:00.250Z\",\"ok\":true}");
  }

  @Test
  void theStreamSaysWhichFormatApplies() throws IOException {
    Path file = csv("event,flight.leg", "1,2");
    EventSource source = EventSource.parse("flights=" + file, List.of(REFERENCE, FLIGHT));
    assertThat(texts(source)).containsExactly("{\"event\":\"1\",\"flight\":{\"leg\":\"2\"}}");
  }

  @Test
  void thePlaceOfAnEventIsItsRow() throws IOException {
    try (RawEvents events = source(csv("eventId", "a", "b"), REFERENCE).open()) {
      assertThat(events.next().place()).hasToString("row 1");
      assertThat(events.next().place()).hasToString("row 2");
      assertThat(events.next()).isNull();
    }
  }

  @Test
  void aColumnThatIsPartOfAnotherIsRefused() throws IOException {
    Path file = csv("flight,flight.leg", "1,2");
    assertThatThrownBy(() -> events(file, FLIGHT))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file + " line 2 has a column flight.leg, and another that is part of it: rename one");
  }

  @Test
  void aPatternStandsForTheFilesThatMatchInTheOrderOfTheirPaths() throws IOException {
    Files.createDirectory(folder.resolve("b"));
    for (String name : List.of("b/2.jsonl", "1.jsonl", "3.jsonl", "4.csv")) {
      Files.writeString(folder.resolve(name), "{}");
    }
    List<EventType> types = List.of(REFERENCE, FLIGHT);
    assertThat(EventSource.all(List.of(folder + "/**.jsonl"), types))
        .extracting(source -> folder.relativize(source.path()).toString())
        .containsExactly("1.jsonl", "3.jsonl", "b/2.jsonl");
    assertThat(EventSource.all(List.of("visits=" + folder + "/[13].*", "x.jsonl"), types))
        .extracting(EventSource::stream)
        .containsExactly("visits", "visits", "");
    assertThatThrownBy(() -> EventSource.all(List.of(folder + "/*.parquet"), types))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot read " + folder + "/*.parquet: no file matches");
  }

  private Path csv(String... lines) throws IOException {
    return Files.writeString(folder.resolve("events.csv"), String.join("\n", lines) + "\n");
  }

  private static EventSource source(Path file, EventType... types) {
    return EventSource.parse(file.toString(), List.of(types));
  }

  private static List<String> events(Path file, EventType... types) throws IOException {
    return texts(source(file, types));
  }

  private static List<String> texts(EventSource source) throws IOException {
    List<String> texts = new ArrayList<>();
    try (RawEvents events = source.open()) {
      for (RawEvent event = events.next(); event != null; event = events.next()) {
        texts.add(new String(event.bytes(), UTF_8));
      }
    }
    return texts;
  }
}
