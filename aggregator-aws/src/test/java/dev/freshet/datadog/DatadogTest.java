package dev.freshet.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.metrics.Metric;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tests the metrics that Datadog receives, over HTTP. */
class DatadogTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private long nanos = 1;
  private FakeDatadog intake;
  private MeterWindows windows;
  private MeterMetrics metrics;

  @BeforeEach
  void start() throws IOException {
    intake = new FakeDatadog();
    Datadog datadog = new Datadog(intake.url(), () -> KEY, Tags.of("function", "f"), () -> nanos);
    windows = new MeterWindows(datadog, Duration.ofSeconds(10), () -> nanos);
    metrics = new MeterMetrics(windows, () -> nanos);
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stop() {
    root.detachAppender(log);
    intake.close();
  }

  @Test
  void countsOfAWindowAreSentOnceAsTheyEnd() {
    metrics.of("area_demand").count(Metric.EVENTS_APPLIED, 3);
    metrics.of("area_demand").count(Metric.EVENTS_APPLIED, 4);
    metrics.of("place_items").count(Metric.EVENTS_APPLIED, 5);
    endOfInvocationAfter(10);

    assertThat(intake.targets()).containsExactly("POST /api/v1/series?api_key=" + KEY);
    assertThat(values("freshet.events.applied", "area_demand")).containsExactly(7.0);
    assertThat(values("freshet.events.applied", "place_items")).containsExactly(5.0);
    JsonNode first = intake.series().get(0);
    assertThat(first.get("type").asText()).isEqualTo("count");
    assertThat(first.get("points").get(0).get(0).asLong())
        .as("seconds since 1970")
        .isBetween(1_700_000_000L, 5_000_000_000L);
    assertThat(intake.tags()).contains("function:f");
  }

  @Test
  void durationsAreSentInMilliseconds() {
    metrics.of("g").time(Metric.FRESHNESS_PUBLISHED, 120);
    metrics.of("g").time(Metric.FRESHNESS_PUBLISHED, 80);
    metrics.of("g").<Void>timed(Metric.STEP_PARSE, () -> advance(Duration.ofMillis(7)));
    endOfInvocationAfter(10);

    assertThat(values("freshet.freshness.published.count", "g")).containsExactly(2.0);
    assertThat(values("freshet.freshness.published.sum", "g")).containsExactly(200.0);
    assertThat(values("freshet.freshness.published.avg", "g")).containsExactly(100.0);
    assertThat(values("freshet.freshness.published.max", "g")).containsExactly(120.0);
    assertThat(values("freshet.step.parse.max", "g")).containsExactly(7.0);
  }

  @Test
  void aGaugeOfEachFeatureIsSentEvenIfTheWindowIsShort() {
    metrics.of("g").gauge(Metric.DRIFT_PSI, "g:a", 0.125);
    metrics.of("g").gauge(Metric.DRIFT_PSI, "g:b", 2.5);
    System.gc();
    endOfInvocationAfter(1);
    assertThat(intake.targets()).as("another window is too short").isEmpty();
    windows.sendAll();

    assertThat(intake.values("freshet.drift.psi", "feature:g:a")).containsExactly(0.125);
    assertThat(intake.values("freshet.drift.psi", "feature:g:b")).containsExactly(2.5);
    assertThat(values("freshet.drift.psi", "g")).hasSize(2);
    assertThat(intake.series()).extracting(each -> each.get("type").asText()).containsOnly("gauge");
  }

  @Test
  void everyMetricIsSentUnderItsDocumentedNames() {
    for (Metric metric : Metric.values()) {
      switch (metric.kind()) {
        case COUNT -> metrics.count(metric, 1);
        case TIME -> metrics.time(metric, 1);
        case GAUGE -> metrics.gauge(metric, "g:f", 1);
      }
    }
    endOfInvocationAfter(10);
    assertThat(intake.names())
        .containsExactlyInAnyOrderElementsOf(
            List.of(Metric.values()).stream().flatMap(each -> each.series().stream()).toList());
  }

  @Test
  void nothingIsSentMoreOftenThanEveryTenSeconds() {
    metrics.count(Metric.EVENTS_RECEIVED, 1);
    endOfInvocationAfter(4);
    metrics.count(Metric.EVENTS_RECEIVED, 1);
    endOfInvocationAfter(5);
    assertThat(intake.targets()).isEmpty();

    metrics.count(Metric.EVENTS_RECEIVED, 1);
    endOfInvocationAfter(1);
    assertThat(intake.values("freshet.events.received", "function:f")).containsExactly(3.0);
  }

  @Test
  void metricsSurviveHoursOfFreezeAndNoZerosAreSent() {
    metrics.count(Metric.EVENTS_RECEIVED, 2);
    endOfInvocationAfter(7_200);
    metrics.count(Metric.EVENTS_LATE, 1);
    endOfInvocationAfter(10);
    endOfInvocationAfter(10);

    assertThat(intake.values("freshet.events.received", "function:f")).containsExactly(2.0);
    assertThat(intake.values("freshet.events.late", "function:f")).containsExactly(1.0);
    assertThat(intake.targets()).hasSize(2);
  }

  @Test
  void anOutageCostsTheMetricsOfAMinuteAndNothingElse() {
    intake.answer(503);
    for (int window = 0; window < 6; window++) {
      metrics.count(Metric.EVENTS_RECEIVED, 1);
      endOfInvocationAfter(10);
    }
    assertThat(intake.targets()).as("asked once in the first minute").hasSize(1);

    intake.answer(202);
    metrics.count(Metric.EVENTS_RECEIVED, 1);
    endOfInvocationAfter(10);
    assertThat(intake.values("freshet.events.received", "function:f")).containsExactly(1.0);
  }

  @Test
  void theKeyNeverReachesALog() {
    intake.answer(403);
    metrics.count(Metric.EVENTS_RECEIVED, 1);
    endOfInvocationAfter(10);
    intake.close();
    metrics.count(Metric.EVENTS_RECEIVED, 1);
    endOfInvocationAfter(61);

    assertThat(log.list)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.getFormattedMessage()).startsWith("metrics were not"))
        .noneMatch(line -> line.toString().contains(KEY) || line.getThrowableProxy() != null);
  }

  @Test
  void whileTheKeyCannotBeReadNothingIsMeasuredAndNothingFails() {
    Datadog keyless =
        new Datadog(
            intake.url(),
            () -> {
              throw new IllegalStateException("no such secret");
            },
            Tags.empty(),
            () -> nanos);
    windows = new MeterWindows(keyless, Duration.ofSeconds(10), () -> nanos);
    metrics = new MeterMetrics(windows, () -> nanos);
    metrics.count(Metric.EVENTS_RECEIVED, 1);
    endOfInvocationAfter(10);
    assertThat(intake.targets()).isEmpty();
  }

  private List<Double> values(String series, String group) {
    return intake.values(series, "feature_group:" + group);
  }

  private Void advance(Duration by) {
    nanos += by.toNanos();
    return null;
  }

  private void endOfInvocationAfter(int seconds) {
    advance(Duration.ofSeconds(seconds));
    windows.invocationEnds();
  }
}
