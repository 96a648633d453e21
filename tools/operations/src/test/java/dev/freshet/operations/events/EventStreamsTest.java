package dev.freshet.operations.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.definition.EventType;
import dev.freshet.format.EventFormat;
import dev.freshet.replay.events.EventSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of types that no part of this program knows, but a declaration does. */
class EventStreamsTest {

  private static final EventType RATED =
      new EventType("WORKER_RATED", "worker-rated", EventFormat.reference())
          .carrying("workerId", "ratedAt", "beat");
  private static final String LINE =
      "{\"eventType\":\"WORKER_RATED\",\"occurredAt\":1421853720000,\"ratedAt\":%d,\"beat\":5}";

  @TempDir private Path folder;

  @Test
  void goToTheStreamThatTheDeclarationNames() throws IOException {
    assertThat(read(ItemStreams.and(RATED), Duration.ZERO).stream()).isEqualTo("worker-rated");
    assertThat(read(ItemStreams.ALL, Duration.ZERO).stream()).isEqualTo("item-created");
  }

  @Test
  void goNowhereInAServiceWithoutEvents() {
    assertThatIllegalStateException()
        .isThrownBy(() -> EventStreams.of(List.of()))
        .withMessageContaining("no function reads a stream of events");
  }

  @Test
  void areShiftedWithEveryDeclaredTime() throws IOException {
    OutgoingEvent event = read(ItemStreams.and(RATED), Duration.ofMillis(7));

    assertThat(EventFiles.text(event))
        .isEqualTo(LINE.formatted(1_421_853_721_007L).replace(":1421853720000", ":1421853720007"));
  }

  private OutgoingEvent read(EventStreams streams, Duration offset) throws IOException {
    Path file = EventFiles.plain(folder, LINE.formatted(1_421_853_721_000L));
    try (EventReader events =
        new EventFile(EventSource.of(file), streams).openShiftedBy(offset, raw -> {})) {
      return events.next();
    }
  }
}
