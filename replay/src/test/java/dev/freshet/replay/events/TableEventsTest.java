package dev.freshet.replay.events;

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
import dev.freshet.replay.table.RowWriter;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
