package dev.freshet.operations.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.replay.events.EventSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventShiftTest {

  private static final String TYPE = "\"eventType\":\"ITEM_DELIVERED\"";

  private static final List<String> TIMES =
      List.of(
          "occurredAt",
          "createdAt",
          "acceptedAt",
          "pickedAt",
          "requestedAt",
          "arrivedAt",
          "deliveredAt");

  @TempDir Path folder;

  @Test
  void offsetTakesTheNewestEventToNow() throws IOException {
    Path file =
        EventFiles.gzipped(
            folder,
            event("\"2015-01-21T15:22:00Z\""),
            event("\"2015-01-21T18:22:00.000000001+01:00\""),
            event("1421853720000"),
            event("\"soon\""),
            event("99999999999"),
            "{\"eventType\":\"ITEM_EATEN\",\"occurredAt\":\"2999-01-01T00:00:00Z\"}",
            "garbage");
    Instant now = Instant.parse("2026-03-02T10:00:00.123456Z");
    assertThat(new EventFile(EventSource.of(file), ItemStreams.ALL).timeline().offsetTo(now))
        .isEqualTo(
            Duration.between(
                Instant.parse("2015-01-21T17:22:00Z"), Instant.parse("2026-03-02T10:00:00.123Z")));
  }

  @Test
  void offsetIsZeroWhereNoEventSaysWhenItHappened() throws IOException {
    Path file = EventFiles.plain(folder, event("\"soon\""), "garbage");
    assertThat(
            new EventFile(EventSource.of(file), ItemStreams.ALL).timeline().offsetTo(Instant.now()))
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"2015-01-21T15:22:00Z\", \"2015-01-21T16:22:00.007Z\"",
        "\"2015-01-21T15:22:00.1234567Z\", \"2015-01-21T16:22:00.130Z\"",
        "\"2015-01-21t15:22:00.5+05:30\", \"2015-01-21T10:52:00.507Z\"",
        "\"2015-01-21T15\\u003a22:00Z\", \"2015-01-21T16:22:00.007Z\"",
        "\"2015-01-21 15:22:00Z\", \"2015-01-21T16:22:00.007Z\"",
        "\"2015-01-21T15:22Z\", \"2015-01-21T16:22:00.007Z\"",
        "\"2015-01-21 15:22+0530\", \"2015-01-21T10:52:00.007Z\"",
        "\"2015-01-21T15:22:00.5+01\", \"2015-01-21T15:22:00.507Z\"",
        "\"2015-06-30T23:59:60Z\", \"2015-07-01T01:00:00.007Z\"",
        "\"2015-01-21T15:22:00-23:59\", \"2015-01-22T16:21:00.007Z\"",
        "1421853720000, 1421857320007",
        "100000000000, 100003600007",
      })
  void everyTimeIsMovedInItsOwnForm(String before, String after) throws IOException {
    for (String member : TIMES) {
      assertThat(moved("{\"%s\" : %s ,%s}".formatted(member, before, TYPE)))
          .isEqualTo("{\"%s\" : %s ,%s}".formatted(member, after, TYPE));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"soon\"",
        "\"2015-01-21T15:22:00\"",
        "1421853720",
        "1421853720000000",
        "99999999999",
        "-1",
        "0",
        "\"2015-02-30T15:22:00Z\"",
        "\"2015-01-21\"",
        "\"1421853720000\"",
        "1421853720000.0",
        "1.4e12",
        "123456789012345678901234567890",
        "9223372036854775807",
        "\"9999-12-31T23:59:59Z\"",
        "null",
        "[1421853720000]",
        "{\"occurredAt\":1421853720000}"
      })
  void whatIsNoTimeStaysAsItIs(String value) throws IOException {
    String line = "{\"createdAt\":%s,%s}".formatted(value, TYPE);
    OutgoingEvent event =
        EventFiles.read(EventFiles.plain(folder, line), Duration.ofHours(1)).get(0);
    assertThat(EventFiles.text(event)).isEqualTo(line);
    assertThat(event.stream()).isEqualTo("item-delivered");
  }

  @Test
  void anIntegerIsNotMovedToWhereItWouldBeTakenForSeconds() throws IOException {
    Path file = EventFiles.plain(folder, event("100000000000"));
    assertThat(EventFiles.text(EventFiles.read(file, Duration.ofMillis(-1)).get(0)))
        .isEqualTo(event("100000000000"));
  }

  @Test
  void everythingElseStaysCharacterForCharacter() throws IOException {
    String line =
        "{\"a\":\"é\\u00e9\uD83D\uDE00\",\"occurredAt\":%s, \"n\":1.10e+02,"
            + "\"deep\":{\"occurredAt\":\"2015-01-21T15:22:00Z\"},"
            + "\"big\":12345678901234567890.10,\"updatedAt\":\"2015-01-21T15:22:00Z\","
            + "\"pad\":\""
            + "x".repeat(100_000)
            + "\",\"deliveredAt\":%s,"
            + TYPE
            + "}";
    assertThat(moved(line.formatted("\"2015-01-21T15:22:00Z\"", "1421853720000")))
        .isEqualTo(line.formatted("\"2015-01-21T16:22:00.007Z\"", "1421857320007"));
  }

  @Test
  void occurredAtOfTheEventMovesAlong() throws IOException {
    Path file = EventFiles.plain(folder, event("1421853720000"));
    OutgoingEvent event = EventFiles.read(file, Duration.ofMillis(5)).get(0);
    assertThat(event.occurredAt()).contains(Instant.ofEpochMilli(1_421_853_720_005L));
  }

  @Test
  void unknownTypesAreNotMoved() throws IOException {
    String line = "{\"eventType\":\"ITEM_EATEN\",\"occurredAt\":1000}";
    assertThat(moved(line)).isEqualTo(line);
  }

  private String moved(String line) throws IOException {
    Duration offset = Duration.ofHours(1).plusMillis(7);
    return EventFiles.text(EventFiles.read(EventFiles.plain(folder, line), offset).get(0));
  }

  private static String event(String occurredAt) {
    return "{\"occurredAt\":%s,%s}".formatted(occurredAt, TYPE);
  }
}
