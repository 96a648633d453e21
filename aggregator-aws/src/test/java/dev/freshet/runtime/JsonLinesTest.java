package dev.freshet.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class JsonLinesTest {

  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();
  private final Logger log = logger();

  @AfterEach
  void clear() {
    MDC.clear();
    context.stop();
  }

  @Test
  void aLineIsOneFlatObject() throws IOException {
    MDC.put("request_id", "r-1");
    log.atInfo()
        .addKeyValue("feature_group", "g")
        .addKeyValue("applied", 12)
        .log("batch {}", "done");

    assertThat(lines.toString(UTF_8)).endsWith("}\n");
    JsonNode line = line();
    assertThat(line.get("message").asText()).isEqualTo("batch done");
    assertThat(line.get("level").asText()).isEqualTo("INFO");
    assertThat(line.get("logger").asText()).isEqualTo("dev.freshet.Something");
    assertThat(line.get("request_id").asText()).isEqualTo("r-1");
    assertThat(line.get("feature_group").asText()).isEqualTo("g");
    assertThat(line.get("applied").isInt()).isTrue();
    assertThat(Instant.parse(line.get("timestamp").asText())).isNotNull();
    assertThat(line.has("stack_trace")).isFalse();
  }

  @Test
  void anExceptionStaysInItsLine() throws IOException {
    log.warn("broken \"pipe\"\n", new IllegalStateException("cause"));
    assertThat(lines.toString(UTF_8).lines()).hasSize(1);
    assertThat(line().get("stack_trace").asText())
        .contains("IllegalStateException: cause", "JsonLinesTest");
    assertThat(line().get("message").asText()).isEqualTo("broken \"pipe\"\n");
  }

  private JsonNode line() throws IOException {
    return new ObjectMapper().readTree(lines.toByteArray());
  }

  private Logger logger() {
    JsonLines encoder = new JsonLines();
    encoder.setContext(context);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(lines);
    appender.start();
    context.setMDCAdapter(
        ((LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory()).getMDCAdapter());
    Logger logger = context.getLogger("dev.freshet.Something");
    logger.setLevel(Level.INFO);
    logger.addAppender(appender);
    return logger;
  }
}
