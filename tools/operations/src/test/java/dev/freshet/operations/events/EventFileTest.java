package dev.freshet.operations.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.RawEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFileTest {

  private static final String CREATED =
      "{\"eventId\":\"o1\", \"eventType\":\"ITEM_CREATED\","
          + "\"occurredAt\":\"2015-01-21T15:22:00Z\",\"itemId\":1}";
  private static final String PICKED =
      "{\"itemId\":\"o-é\",\"eventType\":\"ITEM_PICKED\",\"occurredAt\":1421853720250}";

  @TempDir Path folder;

  @Test
  void eventGoesToTheStreamOfItsTypeUnderItsOrder() throws IOException {
    List<OutgoingEvent> events = EventFiles.read(EventFiles.plain(folder, CREATED, PICKED));

    assertThat(events)
        .extracting(OutgoingEvent::stream)
        .containsExactly("item-created", "item-picked");
    assertThat(events).extracting(OutgoingEvent::partitionKey).containsExactly("1", "o-é");
    assertThat(events).extracting(EventFiles::text).containsExactly(CREATED, PICKED);
    assertThat(events)
        .extracting(event -> event.occurredAt().orElseThrow())
        .containsExactly(
            Instant.parse("2015-01-21T15:22:00Z"), Instant.parse("2015-01-21T15:22:00.250Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "ITEM_CREATED, item-created",
    "ITEM_ACCEPTED, item-accepted",
    "ITEM_PICKED, item-picked",
    "ITEM_DELIVERED, item-delivered",
    "ITEM_CANCELLED, item-cancelled"
  })
  void everyTypeHasItsStream(String type, String stream) throws IOException {
    Path file = EventFiles.plain(folder, "{\"eventType\":\"" + type + "\"}");
    assertThat(EventFiles.read(file)).extracting(OutgoingEvent::stream).containsExactly(stream);
  }

  @Test
  void gzipIsToldByContentNotByName() throws IOException {
    List<OutgoingEvent> events = EventFiles.read(EventFiles.gzipped(folder, CREATED, PICKED));
    assertThat(events).extracting(EventFiles::text).containsExactly(CREATED, PICKED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "7",
        "{\"itemId\":5",
        "{\"itemId\":5,\"eventType\":\"ITEM_CREATED\",\"x\":[1,}",
        "{\"eventType\":7}",
        "{}",
        "\u0000{\u0000}"
      })
  void whatIsNoEventGoesToItemCreatedUnchanged(String garbage) throws IOException {
    List<OutgoingEvent> events = EventFiles.read(EventFiles.plain(folder, CREATED, garbage));

    assertThat(events).extracting(OutgoingEvent::stream).containsOnly("item-created");
    assertThat(EventFiles.text(events.get(1))).isEqualTo(garbage);
    assertThat(events.get(1).partitionKey()).isEqualTo("line-2");
  }

  @Test
  void unknownTypeGoesToItemCreatedUnderItsItem() throws IOException {
    String unknown = "{\"eventType\":\"ITEM_EATEN\",\"itemId\":\"o9\"}";
    OutgoingEvent event = EventFiles.read(EventFiles.plain(folder, unknown)).get(0);

    assertThat(event.stream()).isEqualTo("item-created");
    assertThat(event.partitionKey()).isEqualTo("o9");
    assertThat(EventFiles.text(event)).isEqualTo(unknown);
  }

  @Test
  void bytesThatAreNoUtf8AreNoEvent() throws IOException {
    byte[] bytes = PICKED.getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("latin"), bytes);
    OutgoingEvent event = EventFiles.read(file, Duration.ofHours(1)).get(0);
    assertThat(event.stream()).isEqualTo("item-created");
    assertThat(event.json()).isEqualTo(bytes);
  }

  @Test
  void blankLinesAreSkippedAndLineEndsAreNotData() throws IOException {
    Path file =
        Files.writeString(folder.resolve("f"), "\r\n\n  \t\n" + CREATED + "\r\n\n" + PICKED);
    assertThat(EventFiles.read(file)).extracting(EventFiles::text).containsExactly(CREATED, PICKED);
  }

  @Test
  void byteOrderMarkAtTheStartIsNotData() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "\uFEFF" + CREATED);
    assertThat(EventFiles.read(file)).extracting(EventFiles::text).containsExactly(CREATED);
  }

  @ParameterizedTest
  @CsvSource({"1, o", "256, o", "257, line", "0, line"})
  void keyOfLengthKinesisRefusesIsReplaced(int length, String start) throws IOException {
    String id = "o".repeat(length);
    String line = "{\"eventType\":\"ITEM_CREATED\",\"itemId\":\"" + id + "\"}";
    OutgoingEvent event = EventFiles.read(EventFiles.plain(folder, line)).get(0);
    assertThat(event.partitionKey()).isEqualTo(start.equals("o") ? id : "line-1");
  }

  @Test
  void orderIdOfAnotherKindIsNoKey() throws IOException {
    String line = "{\"eventType\":\"ITEM_CREATED\",\"itemId\":{\"itemId\":3}}";
    OutgoingEvent event = EventFiles.read(EventFiles.plain(folder, line)).get(0);
    assertThat(event.partitionKey()).isEqualTo("line-1");
  }

  @Test
  void whatIsOverOneMebibyteIsSetAsideAndTheRestGoesOn() throws IOException {
    Path file = EventFiles.plain(folder, CREATED, "x".repeat((1 << 20) + 1), PICKED);
    List<RawEvent> judged = new ArrayList<>();
    List<OutgoingEvent> events = new ArrayList<>();
    try (EventReader reader =
        new EventFile(EventSource.of(file), ItemStreams.ALL)
            .openShiftedBy(Duration.ZERO, judged::add)) {
      reader.forEachRemaining(events::add);
    }
    assertThat(events).extracting(EventFiles::text).containsExactly(CREATED, PICKED);
    assertThat(judged).extracting(RawEvent::isSetAside).containsExactly(false, true, false);
    assertThat(judged.get(1).place()).hasToString("line 2");
  }

  @Test
  void keyCountsInTheMebibyteOfARecord() throws IOException {
    int most = (1 << 20) - "line-2".length();
    Path fits = EventFiles.plain(folder, CREATED, "x".repeat(most));
    assertThat(EventFiles.read(fits)).hasSize(2);
    Path over = EventFiles.plain(folder, CREATED, "x".repeat(most + 1));
    assertThat(EventFiles.read(over)).hasSize(1);
  }

  @Test
  void objectsWithoutLineFeedsAndArraysAreEventsOfTheirOwn() throws IOException {
    Path file = EventFiles.plain(folder, CREATED + PICKED, "[" + CREATED + ", {}, {}]");
    List<OutgoingEvent> events = EventFiles.read(file);
    assertThat(events)
        .extracting(EventFiles::text)
        .containsExactly(CREATED, PICKED, CREATED, "{}", "{}");
    assertThat(events)
        .extracting(OutgoingEvent::partitionKey)
        .containsExactly("1", "o-é", "1", "line-2-event-2", "line-2-event-3");
  }

  @Test
  void eventsOfNoStreamAreCountedAndTheFirstIsNamed() throws IOException {
    Path file = EventFiles.plain(folder, CREATED, "{\"eventType\":\"A\"}", "{\"eventType\":\"B\"}");
    try (EventReader reader = new EventFile(EventSource.of(file), ItemStreams.ALL).open()) {
      reader.forEachRemaining(event -> {});
      assertThat(reader.ofNoStream())
          .contains(
              "events of a type that no feature group declares: 2, first %s line 2: 'A'"
                  .formatted(file));
    }
  }

  @Test
  void missingFile() {
    Path file = folder.resolve("missing.jsonl");
    assertThatThrownBy(() -> new EventFile(EventSource.of(file), ItemStreams.ALL).requireReadable())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot read %s: there is no such file", file);
  }

  @Test
  void directory() {
    assertThatThrownBy(() -> new EventFile(EventSource.of(folder), ItemStreams.ALL).open())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot read %s: it is a directory", folder);
    assertThatThrownBy(() -> new EventFile(EventSource.of(folder), ItemStreams.ALL).timeline())
        .hasMessage("cannot read %s: it is a directory", folder);
  }

  @Test
  void whatIsNoEventsFileIsRefusedBeforeAnythingIsRead() throws IOException {
    Path file = EventFiles.plain(folder, "item,place", "1,2");
    assertThatThrownBy(() -> new EventFile(EventSource.of(file), ItemStreams.ALL).requireReadable())
        .hasMessageStartingWith("cannot read %s: not an events file: it looks like CSV", file);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatCanBeReadOnlyOnceCannotBeShifted() {
    EventFile file = new EventFile(EventSource.of(Path.of("/dev/null")), ItemStreams.ALL);
    file.requireReadable();
    assertThat(EventFiles.read(Path.of("/dev/null"))).isEmpty();
    assertThatThrownBy(file::timeline)
        .hasMessageContaining(
            "cannot read /dev/null: not a regular file; a shift has to read it twice");
  }

  @Test
  void gzipThatEndsEarly() throws IOException {
    Path whole = EventFiles.gzipped(folder, CREATED, PICKED);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(whole, Arrays.copyOf(bytes, bytes.length - 9));
    assertThatThrownBy(() -> EventFiles.read(cut))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot read %s", cut)
        .hasMessageContaining("corrupt gzip (")
        .hasMessageNotContaining("\n");
  }

  @Test
  void gzipOfGarbage() throws IOException {
    byte[] bytes = {0x1F, (byte) 0x8B, 'n', 'o'};
    Path file = Files.write(folder.resolve("f.gz"), bytes);
    assertThatThrownBy(() -> EventFiles.read(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot read %s: corrupt gzip (", file);
  }

  @Test
  void emptyFileHasNoEvents() throws IOException {
    assertThat(EventFiles.read(Files.createFile(folder.resolve("empty")))).isEmpty();
  }
}
