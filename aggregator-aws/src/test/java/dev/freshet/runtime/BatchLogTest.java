package dev.freshet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchLogTest {

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Instant now = Instant.parse("2026-05-04T12:00:00Z");
  private BatchLog log;

  @BeforeEach
  void open() {
    Logger logger = context.getLogger("dev.freshet.Something");
    logger.addAppender(lines);
    lines.start();
    log = new BatchLog(logger, "door_opened", () -> now);
  }

  @AfterEach
  void close() {
    context.stop();
  }

  @Test
  void theFirstBatchIsLoggedAtOnce() {
    log.batchDone(Map.of("applied", 3));

    assertThat(logged())
        .containsExactly("[feature_group=\"door_opened\", batches=\"1\", applied=\"3\"]");
    assertThat(lines.list.get(0).getMessage()).isEqualTo("batch done");
  }

  @Test
  void theBatchesOfAMinuteAreOneLineWithTheirSums() {
    for (int second = 0; second <= 60; second++) {
      log.batchDone(Map.of("applied", second));
      now = now.plusSeconds(1);
    }

    assertThat(logged())
        .containsExactly(
            "[feature_group=\"door_opened\", batches=\"1\", applied=\"0\"]",
            "[feature_group=\"door_opened\", batches=\"60\", applied=\"1830\"]");
  }

  @Test
  void anInstanceThatWasIdleLogsItsNextBatch() {
    log.batchDone(Map.of("applied", 1));
    now = now.plusSeconds(3_600);
    log.batchDone(Map.of("applied", 2));

    assertThat(logged()).hasSize(2).last().asString().contains("batches=\"1\", applied=\"2\"");
  }

  private List<String> logged() {
    return lines.list.stream().map(line -> line.getKeyValuePairs().toString()).toList();
  }
}
