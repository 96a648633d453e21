package dev.freshet.operations.events;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Input;
import dev.freshet.replay.events.EventSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of other formats: their streams, keys and times. */
class FormatsTest {

  private static final EventFormat NESTED =
      EventFormat.json()
          .id("meta.id")
          .type("meta.kind")
          .occurredAt("meta.at", TimeFormat.EPOCH_SECONDS);

  private static final EventType LANDED = new EventType("landed", "landings", NESTED);

  private static final EventType CHANGED =
      new EventType("items", "changes", EventFormat.debezium("source.lsn"));

  private static final EventType MEASURED =
      new EventType(
          "measured",
          "measurements",
          EventFormat.json()
              .idFromContent()
              .typeOfStream()
              .occurredAt("at", TimeFormat.rfc3339(ZoneId.of("Europe/Berlin"))));

  private static final EventStreams STREAMS =
      EventStreams.of(
          List.of(
              FeatureGroup.named("delays")
                  .dimension(Entity.named("airport").by("airport.code"))
                  .reads(LANDED)
                  .value(
                      Input.signedSeconds("plan.landing", "real.landing")
                          .in(TimeFormat.EPOCH_MICROS))
                  .over(last(5), mean())
                  .build(),
              FeatureGroup.named("changes")
                  .dimension(Entity.named("owner").by("owner"))
                  .reads(CHANGED)
                  .over(hours(1), count("changes"))
                  .build(),
              FeatureGroup.named("measurements")
                  .dimension(Entity.named("sensor").by("sensor"))
                  .reads(MEASURED)
                  .over(hours(1), count("measurements"))
                  .build()));

  @TempDir private Path folder;

  @Test
  void eachTimeIsMovedInItsUnitAndTheRestStaysAsItIs() throws IOException {
    String event =
        """
        {"meta":{"id":7,"kind":"landed","at":%s, "x":"é"},"plan":{"landing":%d},"real":{"landing":%d}}""";
    OutgoingEvent moved = read("", event.formatted("1790000000.25", 1L, 1_790_000_000_000_001L));

    assertThat(moved.stream()).isEqualTo("landings");
    assertThat(moved.partitionKey()).isEqualTo("7");
    assertThat(moved.occurredAt()).contains(Instant.ofEpochMilli(1_790_000_001_750L));
    assertThat(EventFiles.text(moved))
        .isEqualTo(event.formatted("1790000001.75", 1_500_001L, 1_790_000_001_500_001L));
  }

  @Test
  void wholeSecondsStayWholeAndGetAFractionOnlyIfTheOffsetHasOne() throws IOException {
    String event = "{\"meta\":{\"kind\":\"landed\",\"at\":%s}}";

    assertThat(EventFiles.text(read("", event.formatted("1790000000"))))
        .isEqualTo(event.formatted("1790000001.5"));
    assertThat(EventFiles.text(read("", event.formatted("\"1790000000\""))))
        .as("a text is no number of seconds")
        .isEqualTo(event.formatted("\"1790000000\""));
  }

  @Test
  void changesOfADatabaseGoByTheirTableWithAnEnvelopeOrWithout() throws IOException {
    String change =
        """
        {"op":"c","source":{"table":"items","ts_ms":%d,"lsn":5},"after":{"owner":"c"}}""";
    OutgoingEvent wrapped = read("", "{\"payload\":" + change.formatted(1_790_000_000_000L) + "}");

    assertThat(wrapped.stream()).isEqualTo("changes");
    assertThat(wrapped.partitionKey()).isEqualTo("5");
    assertThat(EventFiles.text(wrapped))
        .isEqualTo("{\"payload\":" + change.formatted(1_790_000_001_500L) + "}");
    assertThat(EventFiles.text(read("", change.formatted(1_790_000_000_000L))))
        .isEqualTo(change.formatted(1_790_000_001_500L));
  }

  @Test
  void theStreamOfAFileSaysTheTypeAndTheZoneOfTextsCounts() throws IOException {
    String event = "{\"at\":\"%s\",\"sensor\":\"s1\"}";
    OutgoingEvent moved = read("measurements", event.formatted("2026-07-01T12:00:00"));

    assertThat(moved.stream()).isEqualTo("measurements");
    assertThat(moved.partitionKey()).isEqualTo("s1");
    assertThat(EventFiles.text(moved)).isEqualTo(event.formatted("2026-07-01T10:00:01.500Z"));
  }

  private OutgoingEvent read(String stream, String line) throws IOException {
    Path file = Files.writeString(folder.resolve("events"), line + "\n");
    EventFile events = new EventFile(new EventSource(stream, file.toString()), STREAMS);
    try (EventReader reader = events.openShiftedBy(Duration.ofMillis(1_500), raw -> {})) {
      return reader.next();
    }
  }
}
